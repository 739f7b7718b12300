import { expect, it } from 'vitest';
import { createBoltLogger, createClients, debuggedFetch } from '../../src/slack/api/clients.ts';
import { givenSlack, TOKENS } from './given-slack.ts';

const silent = { info() {}, warn() {}, error() {} };

it('the debug lines show each call to Slack with its method, duration and outcome, and no token', async () => {
  const { playground } = await givenSlack();
  const lines: unknown[] = [];
  let nowMs = 0;
  const now = () => {
    nowMs += 5;
    return new Date(nowMs);
  };
  const fetch = debuggedFetch((...line) => void lines.push(line), now);
  const logger = createBoltLogger(silent, () => new Date());
  const { patient } = createClients({
    ...TOKENS,
    slackApiUrl: playground.slackApiUrl,
    logger,
    fetch,
    now: () => new Date(),
  });
  await patient.auth.test();
  expect(lines).toEqual([[{ elapsedMs: 5, method: 'auth.test', status: 200 }, 'called Slack']]);
  expect(JSON.stringify(lines)).not.toContain(TOKENS.botToken);
});

it('the debug lines show a call that got no response, and an upload without its URL', async () => {
  const lines: unknown[] = [];
  const fetch = debuggedFetch(
    (...line) => void lines.push(line),
    () => new Date(0),
  );
  await expect(fetch('http://127.0.0.1:1/upload/v1/secret')).rejects.toThrow();
  expect(lines).toEqual([[{ elapsedMs: 0, method: 'upload', failed: 'TypeError' }, 'called Slack']]);
});
