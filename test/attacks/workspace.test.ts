import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PlaygroundSeed } from '../../src/playground/slack/options.ts';
import { commandBody } from '../slack/sign.ts';
import { type SignedApp, startSignedApp } from './signed-app.ts';

const INCIDENT = '#incident-42';
const LINE = 'top-talkers last 1h';
const ENI = 'eni-0f10f10f10f10f001';
const SEED: PlaygroundSeed = {
  team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
  people: [
    { id: 'U0ANA', name: 'ana', realName: 'Ana Weber', tz: 'Europe/Berlin' },
    { id: 'U0BEN', name: 'ben', realName: 'Ben Carter', tz: 'America/New_York' },
    { id: 'U0CY', name: 'cy', realName: 'Cy Colleague', tz: 'UTC' },
    { id: 'U0GIL', name: 'gil', realName: 'Gil Guest', tz: 'UTC', guest: 'of-channels' },
    { id: 'U0UNO', name: 'uno', realName: 'Uno Guest', tz: 'UTC', guest: 'of-one-channel' },
    { id: 'U0SAM', name: 'sam', realName: 'Sam Stranger', tz: 'UTC', team: 'T0OTHER' },
  ],
  channels: [{ id: 'C0INCIDENT', name: 'incident-42', kind: 'public', botIsMember: true }],
};

/** What only one person was shown since a moment, in the channel or by the reply to a request. */
function messagesSince({ playground }: SignedApp, person: string): () => string {
  const before = playground.messages(INCIDENT).length;
  return () =>
    playground
      .messages(INCIDENT)
      .slice(before)
      .filter(({ onlyFor }) => onlyFor === person)
      .map((message) => `${message.text} ${JSON.stringify(message.blocks)}`)
      .join('\n');
}

const parentsOf = ({ playground }: SignedApp) =>
  playground
    .messages(INCIDENT)
    .filter(
      ({ threadTs, onlyFor, author }) =>
        author.kind === 'bot' && threadTs === undefined && onlyFor === undefined,
    );

let lastTrigger = 0;
const trigger = () => {
  lastTrigger += 1;
  return `trigger-${lastTrigger}`;
};

describe('an app in the workspace of its members', () => {
  let signed: SignedApp;
  beforeAll(async () => {
    signed = await startSignedApp({ FLOWLOG_OPERATORS: 'everyone' }, SEED);
  }, 60_000);
  afterAll(() => signed.stop());
  afterEach(() => expect(signed.app.isAlive()).toBe(true));

  it.each([
    ['gil', 'U0GIL', 'you are a guest in it'],
    ['uno', 'U0UNO', 'you are a guest in it'],
    ['sam', 'U0SAM', 'you are of another one'],
  ])('does not answer a mention of %s', async (name, id, why) => {
    const before = parentsOf(signed).length;
    const shown = messagesSince(signed, id);
    await signed.playground.type({ person: name, channel: INCIDENT, text: `@flowlog ${LINE}` });
    await signed.playground.until(() => (shown().includes(why) ? true : undefined));
    expect(parentsOf(signed)).toHaveLength(before);
    expect(signed.playground.transcript(INCIDENT)).not.toContain('the most accepted traffic');
  });

  it.each([
    ['a guest', { user_id: 'U0GIL' }, 'you are a guest in it'],
    ['a stranger', { user_id: 'U0SAM', team_id: 'T0OTHER' }, 'you are of another one'],
    ['a stranger who names our workspace', { user_id: 'U0SAM', team_id: 'T0ACME' }, 'you are of another one'],
    ['a member in another workspace', { user_id: 'U0ANA', team_id: 'T0OTHER' }, 'you are of another one'],
    ['a person whom Slack does not know', { user_id: 'U0NOBODY' }, 'did not say in time who you are'],
    ['a person who is called terminal', { user_id: 'terminal' }, 'did not say in time who you are'],
    ['a person without a name', { user_id: '' }, 'did not say in time who you are'],
  ])('does not answer a command of %s', async (_who, fields, why) => {
    const body = commandBody({ channel_id: 'C0INCIDENT', text: LINE, trigger_id: trigger(), ...fields });
    const answer = await signed.send(body);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(why)]);
    expect(parentsOf(signed)).toEqual([]);
  });

  it('does not answer a person whom Slack cannot identify', async () => {
    signed.playground.faults.next('users.info', { kind: 'error', error: 'internal_error' }, 2);
    const body = commandBody({
      channel_id: 'C0INCIDENT',
      user_id: 'U0BEN',
      text: LINE,
      trigger_id: trigger(),
    });
    expect(await (await signed.send(body)).text()).toContain('did not say in time who you are');
    expect(parentsOf(signed)).toEqual([]);
  });

  it('does not let a stranger or a person named terminal press, submit, confirm or cancel anything', async () => {
    await signed.playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog setup ${ENI} for=2h` });
    const plan = await signed.playground.until(() =>
      signed.playground
        .messages(INCIDENT)
        .find(({ blocks }) => JSON.stringify(blocks).includes('"confirm op-')),
    );
    const id = /confirm (op-\w+)/.exec(JSON.stringify(plan.blocks))?.[1] ?? '';
    for (const user of [
      { id: 'terminal', team_id: 'T0ACME' },
      { id: 'U0SAM', team_id: 'T0OTHER' },
      { id: 'U0SAM', team_id: 'T0ACME' },
      { id: 'U0ANA', team_id: 'T0OTHER' },
      { id: 'U0GIL', team_id: 'T0ACME' },
    ])
      for (const line of [`confirm ${id}`, `cancel ${id}`]) {
        const click = {
          ...{ type: 'block_actions', user, team: { id: user.team_id, domain: 'x' }, trigger_id: trigger() },
          container: { message_ts: plan.ts, thread_ts: plan.ts },
          channel: { id: 'C0INCIDENT' },
          response_url: `${signed.playground.address}response/none`,
          actions: [{ action_id: 'ask:0', action_ts: String(lastTrigger), value: line, type: 'button' }],
        };
        const sent = {
          ...{ type: 'view_submission', user, team: click.team },
          view: {
            ...{ id: `V${lastTrigger}`, callback_id: 'flowlog_line' },
            private_metadata: JSON.stringify({
              ...{ door: 'slack', kind: 'thread', channel: 'C0INCIDENT', threadTs: plan.ts, person: 'U0ANA' },
              isOutsider: false,
            }),
            state: { values: { line: { line: { value: line } } } },
          },
        };
        for (const payload of [click, sent])
          expect(
            (await signed.send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())).status,
          ).toBe(200);
      }
    const own = await signed.playground.type({
      person: 'ben',
      channel: INCIDENT,
      text: `/flowlog confirm ${id}`,
    });
    expect(own).toEqual({ outcome: 'acked' });
    const settled = await signed.playground.until(() =>
      signed.playground
        .messages(INCIDENT)
        .find(({ blocks }) => JSON.stringify(blocks).includes('Confirmed by')),
    );
    expect(JSON.stringify(settled.blocks)).toContain('U0BEN');
    expect(signed.playground.transcript(INCIDENT)).not.toMatch(/cancelled/i);
  });
});

describe('an app that admits guests and another workspace', () => {
  let signed: SignedApp;
  beforeAll(async () => {
    signed = await startSignedApp(
      { FLOWLOG_OPERATORS: 'everyone', FLOWLOG_GUESTS: 'yes', FLOWLOG_TEAMS: 'T0OTHER' },
      SEED,
    );
  }, 60_000);
  afterAll(() => signed.stop());

  it.each(['gil', 'uno', 'sam'])('answers %s, who is still not meant by everyone', async (name) => {
    await signed.playground.type({ person: name, channel: INCIDENT, text: `@flowlog ${LINE}` });
    await signed.playground.until(() =>
      signed.playground.transcript(INCIDENT).includes('the most accepted traffic') ? true : undefined,
    );
    const id = SEED.people.find((person) => person.name === name)?.id ?? '';
    const shown = messagesSince(signed, id);
    await signed.playground.type({ person: name, channel: INCIDENT, text: '@flowlog confirm op-abcdefgh' });
    await signed.playground.until(() => (shown().includes('You may not') ? true : undefined));
  });

  it('does not answer those of a third workspace', async () => {
    const body = commandBody({
      ...{ channel_id: 'C0INCIDENT', user_id: 'U0SAM', team_id: 'T0THIRD' },
      ...{ text: LINE, trigger_id: trigger() },
    });
    expect(await (await signed.send(body)).text()).toContain('you are of another one');
  });
});

describe('an app that names its operators', () => {
  let signed: SignedApp;
  beforeAll(async () => {
    signed = await startSignedApp({ FLOWLOG_OPERATORS: 'U0BEN' }, SEED);
  }, 60_000);
  afterAll(() => signed.stop());

  async function planned(): Promise<string> {
    const seen = new Set(signed.playground.messages(INCIDENT).map(({ ts }) => ts));
    await signed.playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog setup ${ENI} for=2h` });
    const plan = await signed.playground.until(() =>
      signed.playground
        .messages(INCIDENT)
        .find(({ ts, blocks }) => !seen.has(ts) && JSON.stringify(blocks).includes('"confirm op-')),
    );
    return /confirm (op-\w+)/.exec(JSON.stringify(plan.blocks))?.[1] ?? '';
  }
  const said = (text: string) => () =>
    signed.playground.transcript(INCIDENT).includes(text) ? true : undefined;

  it('lets only the person who asked for a plan, or an operator, cancel it', async () => {
    const [first, second] = [await planned(), await planned()];
    await signed.playground.type({ person: 'cy', channel: INCIDENT, text: `/flowlog cancel ${first}` });
    await signed.playground.until(
      said(`Only who asked for \`${first}\`, or who may confirm it, may call it off`),
    );
    expect(signed.playground.transcript(INCIDENT)).not.toContain('Cancelled; nothing was changed');
    await signed.playground.type({ person: 'ana', channel: INCIDENT, text: `/flowlog cancel ${first}` });
    await signed.playground.until(said('Cancelled; nothing was changed'));
    await signed.playground.type({ person: 'ben', channel: INCIDENT, text: `/flowlog cancel ${second}` });
    await signed.playground.until(
      () =>
        (signed.playground.transcript(INCIDENT).match(/Cancelled; nothing was changed/g)?.length ?? 0) > 1 ||
        undefined,
    );
  });
});
