import { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ALL_SCOPES } from '../../src/slack/scopes.ts';
import { createSlackApp } from '../../src/slack/slack-app.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { freePort } from './free-port.ts';
import { type LogLine, partsOf, TOKENS } from './given-slack.ts';
import { createScript } from './script.ts';
import { commandBody, signedPost } from './sign.ts';

const SECRET = 'signing-secret';
const ADMIN = 'xoxp-alice';

/** A Slack that we did not write, and the app on it by HTTP. */
async function givenEmulator(scopes: readonly string[] = ALL_SCOPES) {
  const slack = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      slack: {
        signing_secret: SECRET,
        team: { name: 'Acme', domain: 'acme' },
        users: [{ name: 'alice', real_name: 'Alice' }],
        channels: [{ name: 'incident-1' }],
        bots: [{ name: 'flowlog' }],
        oauth_apps: [
          {
            client_id: '1.2',
            client_secret: 'unused',
            app_id: 'A1',
            name: 'flowlog',
            redirect_uris: ['http://127.0.0.1/unused'],
            scopes: [...scopes],
            bot_name: 'flowlog',
          },
        ],
        tokens: [
          { token: TOKENS.botToken, user: 'flowlog', scopes: [...scopes] },
          {
            token: ADMIN,
            user: 'alice',
            scopes: ['channels:read', 'channels:history', 'channels:write', 'channels:join', 'files:read'],
          },
        ],
        strict_scopes: true,
      },
    },
  });
  onTestFinished(() => slack.close());
  const slackApiUrl = `${slack.url}/api/`;
  const alice = new WebClient(ADMIN, { slackApiUrl, retryConfig: { retries: 0 } });
  const { channels = [] } = await alice.conversations.list();
  const channel = channels.find(({ name }) => name === 'incident-1')?.id ?? '';
  const { user_id, team_id = '' } = await alice.auth.test();
  const port = await freePort();
  const script = createScript();
  const log: LogLine[] = [];
  const mode = { kind: 'http', signingSecret: SECRET, port } as const;
  const app = createSlackApp(
    partsOf({ slackApiUrl }, (await openStores({ path: ':memory:' })).store, script, log, { mode }),
  );
  await app.start();
  onTestFinished(() => app.stop(500));
  const command = () =>
    signedPost(
      `http://127.0.0.1:${port}/slack/events`,
      SECRET,
      commandBody({ channel_id: channel, user_id: user_id ?? '', team_id }),
    );
  return { alice, channel, script, log, command };
}

describe('on an independent Slack', () => {
  it('a command becomes a parent and an answer in its thread', async () => {
    const { alice, channel, script, command } = await givenEmulator();
    script.next({ rows: 200 });
    const response = await command();
    expect([response.status, await response.text()]).toEqual([200, '']);
    const parent = await expect
      .poll(
        async () =>
          (await alice.conversations.history({ channel })).messages?.find(({ text }) =>
            text?.includes('got traffic from'),
          ),
        { timeout: 5_000 },
      )
      .toBeDefined()
      .then(async () =>
        (await alice.conversations.history({ channel })).messages?.find(({ text }) =>
          text?.includes('got traffic from'),
        ),
      );
    const replies = async () =>
      (await alice.conversations.replies({ channel, ts: parent?.ts ?? '' })).messages ?? [];
    await expect.poll(async () => (await replies()).length, { timeout: 5_000 }).toBe(2);
    expect((await replies())[1]?.text).toContain('got traffic from');
  });

  it('an app without a scope says in the log which one it needs', async () => {
    const { log, command } = await givenEmulator(ALL_SCOPES.filter((scope) => scope !== 'chat:write'));
    expect((await command()).status).toBe(200);
    await expect
      .poll(() => log.find(({ fields }) => fields.code === 'missing_scope')?.fields.needed, {
        timeout: 5_000,
      })
      .toBe('chat:write');
  });
});
