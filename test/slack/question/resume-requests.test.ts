import { WebClient } from '@slack/web-api';
import { describe, expect, it, vi } from 'vitest';
import { NOTHING_SPENT } from '../../../src/core/answer/store.ts';
import type { Act } from '../../../src/core/operation/act.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { SLACK_TIMES, type SlackTimes } from '../../../src/slack/api/times.ts';
import { ALL_SCOPES } from '../../../src/slack/scopes.ts';
import { type GivenOptions, gate, givenSlack, TOKENS } from '../given-slack.ts';

const INCIDENT = '#incident-42';
const DAY_MS = 86_400_000;

function bots(playground: SlackPlayground, channel = INCIDENT) {
  return playground.messages(channel).filter(({ author, onlyFor }) => author.kind === 'bot' && !onlyFor);
}

async function givenStopped(text: string, channel = INCIDENT, options: GivenOptions = {}) {
  const given = await givenSlack(options);
  const { playground, script, app } = given;
  script.next({ until: gate().opened });
  await playground.type({ person: 'ana', channel, text });
  await playground.until(() => script.asked[0]);
  await app.stop(2_000);
  return given;
}

describe('a restart', () => {
  it('says that the question waits, and answers it in the same thread afterwards', async () => {
    const { playground, script, store, again } = await givenStopped('/flowlog to 10.0.1.5 last 1h');
    const [parent] = bots(playground);
    expect(parent?.text).toContain('Paused: flowlog is restarting and will answer afterwards.');
    expect(await store.inFlight()).toHaveLength(1);
    const app = await again();
    expect(await app.resume()).toBe(1);
    const answer = await playground.until(() => bots(playground).find(({ threadTs }) => threadTs));
    expect(answer).toMatchObject({ threadTs: parent?.ts, text: expect.stringContaining('got traffic from') });
    await playground.until(() =>
      bots(playground).find(({ ts, text }) => ts === parent?.ts && text.includes('got traffic from')),
    );
    expect(bots(playground)).toHaveLength(2);
    expect(script.asked[1]?.window).toEqual(script.asked[0]?.window);
    expect(script.askedAt[0]).toBeInstanceOf(Date);
    expect(script.askedAt[1]).toEqual(script.askedAt[0]);
    await expect.poll(() => store.inFlight()).toEqual([]);
    expect(await app.resume()).toBe(0);
  });

  it('keeps the place of a mention', async () => {
    const { playground, again } = await givenStopped('@flowlog to 10.0.1.5 last 1h');
    await (await again()).resume();
    await playground.until(() => bots(playground).find(({ text }) => text.includes('got traffic from')));
    expect(bots(playground)).toHaveLength(1);
  });

  it.each(['/flowlog to 10.0.1.5 last 1h', '@flowlog to 10.0.1.5 last 1h'])(
    'shows the answer once more, because Slack may carry out late what the process before had sent: %s',
    async (text) => {
      const waits: { readonly ms: number; readonly end: () => void }[] = [];
      const times: SlackTimes = {
        ...SLACK_TIMES,
        sleep: (ms) => new Promise((end) => waits.push({ ms, end })),
      };
      const { playground, again } = await givenStopped(text, INCIDENT, { times });
      const [paused] = bots(playground);
      if (paused === undefined) throw new Error('nothing is paused');
      await (await again()).resume();
      const shown = () => bots(playground).find(({ ts }) => ts === paused.ts)?.text ?? '';
      await expect.poll(shown).toContain('got traffic from');
      const answered = shown();
      await new WebClient(TOKENS.botToken, { slackApiUrl: playground.slackApiUrl }).chat.update({
        channel: paused.channel,
        ts: paused.ts,
        text: paused.text,
      });
      expect(shown()).toBe(paused.text);
      const onceMore = () => waits.filter(({ ms }) => ms === SLACK_TIMES.answerMs);
      await expect.poll(() => onceMore().length).toBe(1);
      onceMore()[0]?.end();
      await expect.poll(shown).toBe(answered);
    },
  );

  it('does not show the report of a command once more, because a plan is rewritten when it is confirmed', async () => {
    const waits: number[] = [];
    const times: SlackTimes = { ...SLACK_TIMES, sleep: async (ms) => void waits.push(ms) };
    const begun = gate();
    let isAgain = false;
    const act: Act = {
      refuse: () => {},
      perform: (_command, _request, { signal }) => {
        if (isAgain) return Promise.resolve({ headline: 'A plan to confirm', sections: [], next: [] });
        begun.open();
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    };
    const { playground, app, again } = await givenSlack({ act, times });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog status' });
    await begun.opened;
    await app.stop(2_000);
    isAgain = true;
    await (await again()).resume();
    await expect.poll(() => bots(playground)[0]?.text).toContain('A plan to confirm');
    const updates = () => playground.calls.filter(({ method }) => method === 'chat.update').length;
    const before = updates();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([updates(), waits]).toEqual([before, []]);
  });

  it('answers privately where it could only answer privately', async () => {
    const { playground, again } = await givenStopped('/flowlog to 10.0.1.5 last 1h', '#general');
    await (await again()).resume();
    await playground.until(() =>
      playground
        .messages('#general')
        .find(({ text, onlyFor }) => onlyFor && text.includes('got traffic from')),
    );
  });

  it('does not wait for an engine that does not end, and takes nothing new meanwhile', async () => {
    const { playground, script, app, store } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened, deaf: true });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => script.asked[0]);
    await app.stop(300);
    await playground.until(() => (playground.sockets() === 0 ? true : undefined));
    expect(
      await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.6' }),
    ).toMatchObject({
      outcome: 'failed',
    });
    expect(await store.inFlight()).toHaveLength(1);
    open();
  });

  it('gives up what is older than a day, and says so in the thread', async () => {
    const { playground, store, again } = await givenStopped('/flowlog to 10.0.1.5 last 1h');
    const [asked] = await store.inFlight();
    if (asked === undefined) throw new Error('nothing is in flight');
    await store.finish(asked.id, { outcome: 'crashed', ...NOTHING_SPENT, finishedAt: new Date() });
    await store.begin({ ...asked, id: 'old', askedAt: new Date(Date.now() - DAY_MS - 1) });
    expect(await (await again()).resume()).toBe(1);
    const [parent] = bots(playground);
    await playground.until(() =>
      bots(playground).find(
        ({ threadTs, text }) => threadTs === parent?.ts && text.includes('more than a day ago'),
      ),
    );
    await playground.until(() =>
      bots(playground).find(({ ts, text }) => ts === parent?.ts && text.includes('more than a day ago')),
    );
    await expect.poll(() => store.inFlight()).toEqual([]);
  });

  it('gives up a line that is no longer understood, and says why', async () => {
    const { playground, store, again } = await givenStopped('@flowlog to 10.0.1.5 last 1h');
    const [asked] = await store.inFlight();
    if (asked === undefined) throw new Error('nothing is in flight');
    await store.finish(asked.id, { outcome: 'crashed', ...NOTHING_SPENT, finishedAt: new Date() });
    await store.begin({ ...asked, id: 'strange', line: 'whither 10.0.1.5' });
    await (await again()).resume();
    await playground.until(() =>
      bots(playground).find(({ text }) => text.includes('cannot answer this any more')),
    );
    await expect.poll(() => store.inFlight()).toEqual([]);
  });

  it('leaves alone what came through another door, and ends what waits there since yesterday', async () => {
    const { store, script, app } = await givenSlack();
    const asked = {
      line: 'to 10.0.1.5 last 1h',
      person: 'root',
      zone: 'UTC',
      place: 'terminal',
      channel: '',
      thread: '',
    };
    await store.begin({ ...asked, id: 'waiting', askedAt: new Date() });
    await store.begin({ ...asked, id: 'forgotten', askedAt: new Date(Date.now() - DAY_MS - 1) });
    expect(await app.resume()).toBe(0);
    expect(script.asked).toEqual([]);
    expect(await store.inFlight()).toMatchObject([{ id: 'waiting' }]);
  });
});

/** An app that is killed while it writes something down: what it did before is done, and the rest never happens. */
async function givenKilled(during: 'moveTo' | 'finish', text: string, options: GivenOptions = {}) {
  const given = await givenSlack(options);
  const { playground, store, app, again } = given;
  const killed = gate();
  const writing = vi.spyOn(store, during).mockImplementation(() => {
    killed.open();
    return new Promise<never>(() => {});
  });
  await playground.type({ person: 'ana', channel: INCIDENT, text });
  await killed.opened;
  await app.stop(100);
  writing.mockRestore();
  await (await again()).resume();
  await expect.poll(() => store.inFlight()).toEqual([]);
  return bots(playground);
}

describe('a kill', () => {
  it.each([
    ['between the first message and its note', 'moveTo', '/flowlog to 10.0.1.5 last 1h', 2],
    ['between the answer and its note', 'finish', '/flowlog to 10.0.1.5 last 1h', 2],
    ['between the first message of a thread and its note', 'moveTo', '@flowlog to 10.0.1.5 last 1h', 1],
    ['between the answer in a thread and its note', 'finish', '@flowlog to 10.0.1.5 last 1h', 1],
  ] as const)('%s shows nothing twice and leaves nothing behind', async (_, during, text, amount) => {
    const messages = await givenKilled(during, text);
    expect(messages).toHaveLength(amount);
    for (const message of messages) expect(message.text).toContain('got traffic from');
  });

  it('after the answer shows no second table where Slack does not let the app look, and says so', async () => {
    const scopes = ALL_SCOPES.filter((scope) => !scope.endsWith(':history'));
    const messages = await givenKilled('finish', '/flowlog to 10.0.1.5 last 1h', { playground: { scopes } });
    expect(messages).toHaveLength(2);
    expect(JSON.stringify(messages[0]?.blocks)).toContain('flowlog was restarted while it posted the rows.');
  });
});

it('an outage of Slack loses no answer, and shows none twice', async () => {
  const { playground, script, store } = await givenSlack();
  const { opened, open } = gate();
  script.next({ until: opened });
  await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
  await playground.until(() => script.asked[0]);
  playground.faults.next('*', { kind: 'drop', when: 'before' }, 2);
  playground.faults.next('*', { kind: 'drop', when: 'after' });
  playground.faults.next('*', { kind: 'http_error', status: 502 });
  open();
  await expect.poll(() => store.inFlight(), { timeout: 60_000 }).toEqual([]);
  expect(bots(playground).map(({ text }) => text)).toEqual([
    expect.stringContaining('got traffic from'),
    expect.stringContaining('got traffic from'),
  ]);
}, 70_000);
