import { describe, expect, it } from 'vitest';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { SLACK_TIMES } from '../../../src/slack/api/times.ts';
import { ALL_SCOPES } from '../../../src/slack/scopes.ts';
import { gate, givenSlack } from '../given-slack.ts';

const REFUSED = { kind: 'error', error: 'restricted_action' } as const;
const ALWAYS = Number.POSITIVE_INFINITY;

function privateAnswer(playground: SlackPlayground, channel: string) {
  return playground.until(() =>
    playground.messages(channel).find(({ text, onlyFor }) => onlyFor && text.includes('got traffic from')),
  );
}

function toAna(playground: SlackPlayground) {
  return playground.messages('#general').filter(({ onlyFor }) => onlyFor === 'U0ANA');
}

function hasStop(playground: SlackPlayground): boolean {
  return toAna(playground).some(({ blocks }) => JSON.stringify(blocks).includes('"stop"'));
}

describe('where the app is no member', () => {
  it.each(['#general', '#secret'])('%s is answered privately, with how to invite', async (channel) => {
    const { playground, store } = await givenSlack();
    expect(await playground.type({ person: 'ana', channel, text: '/flowlog to 10.0.1.5 last 1h' })).toEqual({
      outcome: 'acked',
    });
    const answer = await privateAnswer(playground, channel);
    expect(answer.onlyFor).toBe('U0ANA');
    expect(answer.text).toContain('Type /invite @flowlog to get answers in a thread.');
    expect(answer.blocks.some(({ type }) => type === 'data_table')).toBe(true);
    expect(playground.messages(channel).filter(({ onlyFor }) => !onlyFor)).toEqual([]);
    await expect.poll(() => store.inFlight()).toEqual([]);
  });

  it('an answer that comes soon is all that is shown: no progress, no button that stops it', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await privateAnswer(playground, '#general');
    expect(toAna(playground)).toHaveLength(1);
    expect(hasStop(playground)).toBe(false);
  });

  it('a question that takes longer can be stopped, and its button goes when it is pressed', async () => {
    const { playground, script } = await givenSlack();
    script.next({ until: gate().opened });
    await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => hasStop(playground) || undefined);
    await playground.click({ person: 'ana', channel: '#general', actionId: 'stop' });
    await playground.until(() => toAna(playground).find(({ text }) => text.includes('stopped by')));
    await playground.until(() => toAna(playground).find(({ text }) => text === 'Stopping this question.'));
    expect(hasStop(playground)).toBe(false);
  });

  it('a button that stops what has ended goes when it is pressed', async () => {
    const { playground, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => hasStop(playground) || undefined);
    open();
    await privateAnswer(playground, '#general');
    await playground.click({ person: 'ana', channel: '#general', actionId: 'stop' });
    await playground.until(() =>
      toAna(playground).find(({ text }) => text === 'This question is not running any more.'),
    );
    expect(hasStop(playground)).toBe(false);
  });

  it('an invitation leads to a thread', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await privateAnswer(playground, '#general');
    await playground.type({ person: 'ana', channel: '#general', text: '/invite @flowlog' });
    await playground.click({ person: 'ana', channel: '#general', actionId: 'ask:0' });
    await playground.until(() =>
      playground.messages('#general').find(({ threadTs, onlyFor }) => threadTs && !onlyFor),
    );
  });

  it('a button of a private answer is answered privately', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: '#secret', text: '/flowlog to 10.0.1.5 last 1h' });
    await privateAnswer(playground, '#secret');
    await playground.click({ person: 'ana', channel: '#secret', actionId: 'ask:0' });
    await playground.until(() =>
      playground.messages('#secret').filter(({ text }) => text.includes('got traffic from')).length === 2
        ? true
        : undefined,
    );
  });

  it('rows that do not fit are promised for after the invitation', async () => {
    const { playground, script } = await givenSlack();
    script.next({ rows: 200 });
    await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    expect((await privateAnswer(playground, '#general')).text).toContain(
      'come as a CSV once flowlog may write here',
    );
  });

  it('an app without the right to write says which scope it lacks', async () => {
    const scopes = ALL_SCOPES.filter((scope) => scope !== 'chat:write');
    const { playground } = await givenSlack({ playground: { scopes } });
    await playground.type({ person: 'ana', channel: '#incident-42', text: '/flowlog to 10.0.1.5 last 1h' });
    expect((await privateAnswer(playground, '#incident-42')).text).toContain(
      'the app lacks the scope chat:write',
    );
  });

  it('a failure is shown privately too', async () => {
    const { playground, script } = await givenSlack();
    script.next({ fails: new Error('broken') });
    await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() =>
      playground.messages('#general').find(({ text }) => text.includes('did not foresee')),
    );
  });

  it('a mention, which has no address for private answers, is answered in the messages with the asker', async () => {
    const { playground, store } = await givenSlack();
    playground.faults.next('chat.postMessage', REFUSED, ALWAYS, 'C0INCIDENT');
    await playground.type({ person: 'ana', channel: '#incident-42', text: '@flowlog to 10.0.1.5 last 1h' });
    const answer = await playground.until(() => playground.messages('@ana')[1]);
    expect(answer.text).toContain('got traffic from');
    await expect.poll(() => store.inFlight()).toEqual([]);
    expect(playground.messages('@ana').map(({ text }) => text)).toEqual([
      'Only you see this: flowlog may not write here. Ask in another channel. The answer comes here.',
      answer.text,
    ]);
  });

  it.each(['expired_url', 'used_url'])(
    'an address for private answers that says %s leads there too',
    async (error) => {
      const { playground, store } = await givenSlack();
      playground.faults.next('response', { kind: 'error', error }, ALWAYS);
      await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
      const answer = await playground.until(() => playground.messages('@ana')[0]);
      expect(answer.text).toContain('Type /invite @flowlog to get answers in a thread.');
      await expect.poll(() => store.inFlight()).toEqual([]);
    },
  );

  it('an answer that goes to the asker alone settles the message that said it was worked on', async () => {
    const { playground, script, store } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await playground.type({ person: 'ana', channel: '#incident-42', text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => script.asked[0]);
    playground.faults.next('chat.postMessage', REFUSED, ALWAYS, 'C0INCIDENT');
    open();
    await privateAnswer(playground, '#incident-42');
    await expect.poll(() => store.inFlight()).toEqual([]);
    const [parent] = playground.messages('#incident-42').filter(({ onlyFor }) => !onlyFor);
    expect(parent?.text).toContain('got traffic from');
    expect(JSON.stringify(parent?.blocks)).toContain('sent it to who asked alone');
  });

  it('a reply that can neither be rewritten nor followed by another is settled once its answer went elsewhere', async () => {
    const { playground, script, store } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await playground.type({ person: 'ana', channel: '#incident-42', text: '@flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => script.asked[0]);
    playground.faults.next('chat.update', { kind: 'error', error: 'cant_update_message' });
    playground.faults.next('chat.postMessage', REFUSED, ALWAYS, 'C0INCIDENT');
    open();
    await playground.until(() => playground.messages('@ana')[0]);
    await expect.poll(() => store.inFlight()).toEqual([]);
    const bots = playground.messages('#incident-42').filter(({ author }) => author.kind === 'bot');
    expect(bots.map(({ text }) => text)).toEqual([
      'flowlog could not post the answer here, and sent it to who asked alone.',
    ]);
  });

  it('a question that can be answered nowhere is not asked, and is in the log', async () => {
    const { playground, script, store, log } = await givenSlack();
    await playground.type({ person: 'ana', channel: '#incident-42', text: 'hello' });
    playground.faults.next('chat.postMessage', { kind: 'error', error: 'is_archived' }, 2);
    await playground.type({ person: 'ana', channel: '#incident-42', text: '@flowlog to 10.0.1.5 last 1h' });
    const line = await playground.until(() => log.find(({ level }) => level === 'error'));
    expect(line.fields).toMatchObject({ code: 'is_archived', reference: expect.stringMatching(/^id/) });
    expect(script.asked).toEqual([]);
    await expect.poll(() => store.inFlight()).toEqual([]);
  });
});

describe('where Slack takes no more updates for now', () => {
  const INCIDENT = '#incident-42';
  const times = { ...SLACK_TIMES, headlineMs: 100 };
  const BUSY = { kind: 'rate_limited', retryAfterSeconds: 2 } as const;

  it('the answer is posted below, with its finding, and the first message follows', async () => {
    const { playground, store } = await givenSlack({ times });
    playground.faults.next('chat.update', BUSY);
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    const found = () => playground.messages(INCIDENT).filter(({ text }) => text.includes('got traffic from'));
    const answer = await playground.until(() => found()[0]);
    expect(answer.threadTs).toBeDefined();
    expect(answer.blocks.some(({ type }) => type === 'data_table')).toBe(true);
    expect(JSON.stringify(answer.blocks)).toContain('scanned');
    // Until the first message says it too, a process that is lost leaves it to the next.
    expect(await store.inFlight()).toHaveLength(1);
    await expect
      .poll(() => found().filter(({ threadTs }) => threadTs === undefined), { timeout: 5_000 })
      .toHaveLength(1);
    await expect.poll(() => store.inFlight()).toEqual([]);
    expect(found()).toHaveLength(2);
  });

  it('an answer that a restart came after is not posted again', async () => {
    const { playground, store, app, again } = await givenSlack({ times });
    playground.faults.next('chat.update', { kind: 'rate_limited', retryAfterSeconds: 60 });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    const found = () => playground.messages(INCIDENT).filter(({ text }) => text.includes('got traffic from'));
    await playground.until(() => found()[0]);
    await app.stop(0);
    await (await again()).resume();
    await expect.poll(() => store.inFlight(), { timeout: 10_000 }).toEqual([]);
    expect(found().map(({ threadTs }) => threadTs === undefined)).toEqual([true, false]);
  }, 20_000);
});
