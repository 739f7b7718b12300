import { describe, expect, it, onTestFinished } from 'vitest';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { startSlackPlayground } from '../../../src/playground/slack/start-slack-playground.ts';
import { ALL_SCOPES } from '../../../src/slack/scopes.ts';
import { createSlackApp } from '../../../src/slack/slack-app.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { type LogLine, nextId, partsOf, TOKENS } from '../../slack/given-slack.ts';
import { createScript } from '../../slack/script.ts';
import { ALWAYS, HURRIED, LOST, PASSING } from './fault-table.ts';

/** An app that has not been started yet, on a playground. */
async function givenUnstarted() {
  const now = () => new Date();
  const playground: SlackPlayground = await startSlackPlayground({
    ...{ now, newId: nextId, newSecret: nextId, scopes: ALL_SCOPES },
    ...TOKENS,
  });
  onTestFinished(() => playground.stop());
  const log: LogLine[] = [];
  const { store } = await openStores({ path: ':memory:' });
  const app = createSlackApp(partsOf(playground, store, createScript(), log, { times: HURRIED }));
  onTestFinished(() => app.stop(0));
  return { playground, app, log };
}

describe.each(['auth.test', 'apps.connections.open'])('%s at the start', (method) => {
  it.each([...PASSING, ...LOST])(
    'with %s: the app starts all the same',
    async (_, fault, times) => {
      const { playground, app } = await givenUnstarted();
      playground.faults.next(method, fault, times);
      await app.start();
      await playground.until(() => (playground.sockets() === 2 ? true : undefined), 20_000);
    },
    30_000,
  );
});

describe.each([
  ['auth.test', 'SLACK_BOT_TOKEN'],
  ['apps.connections.open', 'SLACK_APP_TOKEN'],
])('%s that is refused', (method, token) => {
  it.each([
    ['invalid_auth', `Slack refused ${token} (invalid_auth): copy it again from the settings of the app.`],
    ['token_revoked', `Slack refused ${token} (token_revoked): copy it again from the settings of the app.`],
    [
      'missing_scope',
      `${token} lacks a scope: reinstall the app with manifest.yml, and give the app-level token connections:write.`,
    ],
  ])('with %s says what to do', async (error, words) => {
    const { playground, app } = await givenUnstarted();
    playground.faults.next(method, { kind: 'error', error }, ALWAYS);
    await expect(app.start()).rejects.toThrow(words);
  });
});

it('a start in front of a Slack that is gone ends with what to check', async () => {
  const { playground, app } = await givenUnstarted();
  playground.faults.goAway();
  await expect(app.start()).rejects.toThrow(
    'Slack could not be joined with SLACK_BOT_TOKEN (no_connection): check that this machine reaches slack.com, then start again.',
  );
}, 40_000);
