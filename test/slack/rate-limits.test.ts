import { expect, it, onTestFinished, vi } from 'vitest';
import { startDesk } from '../../src/playground/slack/start-desk.ts';
import { createBoltLogger, createClients } from '../../src/slack/api/clients.ts';
import { slackRefusal } from '../../src/slack/api/slack-refusal.ts';
import { nextId, TOKENS } from './given-slack.ts';

const MESSAGE = { channel: '#incident-42', text: 'an answer' };

/** The client for answers, at a desk. */
async function givenPatient() {
  const desk = await startDesk({
    now: () => new Date(),
    newId: nextId,
    newSecret: nextId,
    ...TOKENS,
    scopes: ['chat:write'],
  });
  onTestFinished(() => desk.stop());
  const quiet = createBoltLogger({ info() {}, warn() {}, error() {} });
  const { patient } = createClients({
    botToken: TOKENS.botToken,
    slackApiUrl: desk.slackApiUrl,
    logger: quiet,
  });
  return { desk, patient };
}

it('an answer is sent also when Slack asks to wait for a minute', async () => {
  const { desk, patient } = await givenPatient();
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  desk.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 1 });
  const sent = patient.chat.postMessage(MESSAGE);
  await expect.poll(() => desk.calls.map(({ result }) => result)).toEqual(['rate_limited']);
  vi.setSystemTime(Date.now() + 60_000);
  await expect(sent).resolves.toMatchObject({ ok: true });
});

it('Slack that asks to wait once too often is not taken for one that cannot be reached', async () => {
  const { desk, patient } = await givenPatient();
  desk.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 1 }, 4);
  const refused: unknown = await patient.chat.postMessage(MESSAGE).catch((error: unknown) => error);
  expect(slackRefusal(refused)).toEqual({ code: 'ratelimited', needed: '' });
}, 15_000);
