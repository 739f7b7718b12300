import { describe, expect, it, onTestFinished } from 'vitest';
import { Interrupted } from '../../../src/core/answer/turns.ts';
import { startSlackPlayground } from '../../../src/playground/slack/start-slack-playground.ts';
import { createBoltLogger, createClients } from '../../../src/slack/api/clients.ts';
import { findPosted } from '../../../src/slack/api/find-posted.ts';
import { slackRefusal } from '../../../src/slack/api/slack-refusal.ts';
import { postMessage } from '../../../src/slack/question/thread-posts.ts';
import { ALL_SCOPES } from '../../../src/slack/scopes.ts';
import { nextId, TOKENS } from '../given-slack.ts';

const CHANNEL = 'C0INCIDENT';
const FORMS = [{ text: 'an answer', blocks: [] }];
const MARK = { request: 'q1', part: 'answer' } as const;

/** Posts into a playground's channel, with and without a mark. */
async function given(scopes: readonly string[] = ALL_SCOPES) {
  const playground = await startSlackPlayground({
    now: () => new Date(),
    newId: nextId,
    newSecret: nextId,
    ...TOKENS,
    scopes,
  });
  onTestFinished(() => playground.stop());
  const logger = createBoltLogger({ info() {}, warn() {}, error() {} }, () => new Date());
  const clients = createClients({
    botToken: TOKENS.botToken,
    slackApiUrl: playground.slackApiUrl,
    logger,
    now: () => new Date(),
  });
  const stop = new AbortController();
  const output = { clients, now: () => new Date(), stopping: stop.signal };
  const since = new Date();
  const post = (marked = true) =>
    postMessage(
      FORMS,
      { channel: CHANNEL, threadTs: undefined },
      output,
      marked ? { mark: MARK, since } : undefined,
    );
  const posted = () => playground.messages(CHANNEL).filter(({ text }) => text === 'an answer');
  const results = () =>
    playground.calls.filter(({ method }) => method === 'chat.postMessage').map(({ result }) => result);
  const look = () =>
    findPosted(MARK, { channel: CHANNEL, threadTs: undefined, since }, clients.patient, output);
  return { playground, post, posted, results, look, stop };
}

describe('a message for Slack', () => {
  it.each([
    ['asks to wait', { kind: 'rate_limited', retryAfterSeconds: 1 }],
    ['answers with a fault', { kind: 'http_error', status: 503 }],
    ['has a fault of its own', { kind: 'error', error: 'internal_error' }],
    ['loses the connection before the call', { kind: 'drop', when: 'before' }],
    ['loses the connection after the call', { kind: 'drop', when: 'after' }],
  ] as const)('is there once where Slack %s twice', async (_, fault) => {
    const { playground, post, posted } = await given();
    playground.faults.next('chat.postMessage', fault, 2);
    const { ts } = await post();
    expect(posted().map((message) => message.ts)).toEqual([ts]);
  });

  it('is there twice only where Slack does not let the app look, and the connection broke after the call', async () => {
    const { playground, post, posted } = await given(['chat:write']);
    playground.faults.next('chat.postMessage', { kind: 'drop', when: 'after' });
    await post();
    expect(posted()).toHaveLength(2);
  });

  it('is refused at once for what does not pass', async () => {
    const { playground, post, results } = await given();
    playground.faults.next('chat.postMessage', { kind: 'error', error: 'is_archived' });
    const refused: unknown = await post().catch((error: unknown) => error);
    expect(slackRefusal(refused)).toEqual({ code: 'is_archived', needed: '' });
    expect(results()).toHaveLength(1);
  });

  it('is given up when the app stops, to be said after the next start', async () => {
    const { playground, post, stop } = await given();
    playground.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 60 });
    const sent = post();
    setTimeout(() => stop.abort(new Interrupted()), 100);
    await expect(sent).rejects.toBeInstanceOf(Interrupted);
  });

  it('does not wait for one that Slack asks to wait', async () => {
    const { playground, post, posted } = await given();
    playground.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 5 });
    const held = post(false);
    await expect.poll(() => playground.calls.length).toBe(1);
    await post(false);
    expect(posted()).toHaveLength(1);
    await held;
    expect(posted()).toHaveLength(2);
  }, 15_000);
});

describe('a message that may have been posted', () => {
  it('is found by its mark, and no other for it', async () => {
    const { post, look, posted } = await given();
    expect(await look()).toBe('not there');
    await post(false);
    expect(await look()).toBe('not there');
    await post();
    expect(await look()).toEqual({ ts: posted()[1]?.ts });
  });

  it('is unknown where Slack does not let the app look', async () => {
    const { post, look } = await given(['chat:write']);
    await post();
    expect(await look()).toBe('unknown');
  });
});
