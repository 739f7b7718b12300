import { expect, it, onTestFinished, vi } from 'vitest';
import { startSlackPlayground } from '../../../src/playground/slack/start-slack-playground.ts';
import { createBoltLogger, createClients } from '../../../src/slack/api/clients.ts';
import { slackRefusal } from '../../../src/slack/api/slack-refusal.ts';
import { nextId, TOKENS } from '../given-slack.ts';

const MESSAGE = { channel: '#incident-42', text: 'an answer' };

/** The client for answers, at a playground. */
async function givenPatient() {
  const playground = await startSlackPlayground({
    now: () => new Date(),
    newId: nextId,
    newSecret: nextId,
    ...TOKENS,
    scopes: ['chat:write'],
  });
  onTestFinished(() => playground.stop());
  const quiet = createBoltLogger({ info() {}, warn() {}, error() {} });
  const { patient } = createClients({
    botToken: TOKENS.botToken,
    slackApiUrl: playground.slackApiUrl,
    logger: quiet,
  });
  return { playground, patient };
}

it('an answer is sent also when Slack asks to wait for a minute', async () => {
  const { playground, patient } = await givenPatient();
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  playground.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 1 });
  const sent = patient.chat.postMessage(MESSAGE);
  await expect.poll(() => playground.calls.map(({ result }) => result)).toEqual(['rate_limited']);
  vi.setSystemTime(Date.now() + 60_000);
  await expect(sent).resolves.toMatchObject({ ok: true });
});

it('too many rate limits of Slack are not reported as a failed connection', async () => {
  const { playground, patient } = await givenPatient();
  playground.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 1 }, 4);
  const refused: unknown = await patient.chat.postMessage(MESSAGE).catch((error: unknown) => error);
  expect(slackRefusal(refused)).toEqual({ code: 'ratelimited', needed: '' });
}, 15_000);
