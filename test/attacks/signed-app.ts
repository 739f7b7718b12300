import { createHmac } from 'node:crypto';
import type { PlaygroundSeed } from '../../src/playground/slack/options.ts';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';
import { ALL_SCOPES } from '../../src/slack/scopes.ts';
import { startTestPlayground } from '../playground/slack/tiny-app.ts';
import { freePort } from '../slack/free-port.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';

const SECRET = 'a-signing-secret';

/** The app in a process of its own, which a look-alike of Slack reaches by signed requests. */
export interface SignedApp {
  readonly app: RunningApp;
  readonly playground: SlackPlayground;
  readonly port: number;
  /** Signs and sends; headers may differ from what Slack sends. */
  send(body: string, headers?: Readonly<Record<string, string>>, atSeconds?: number): Promise<Response>;
  stop(): Promise<void>;
}

/** Starts both. */
export async function startSignedApp(
  environment: Readonly<Record<string, string>> = {},
  seed?: PlaygroundSeed,
): Promise<SignedApp> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/slack/events`;
  const playground = await startTestPlayground({
    requestUrl: url,
    signingSecret: SECRET,
    scopes: ALL_SCOPES,
    ...(seed && { seed }),
  });
  const app = await startRunningApp(
    {
      FLOWLOG_SLACK_MODE: 'http',
      SLACK_BOT_TOKEN: 'xoxb-playground-1',
      SLACK_SIGNING_SECRET: SECRET,
      PORT: String(port),
      FLOWLOG_HTTP_HOST: '127.0.0.1',
      FLOWLOG_SLACK_API_URL: playground.slackApiUrl,
      ...environment,
    },
    /"msg":"ready"/,
  );
  return {
    app,
    playground,
    port,
    send: (body, headers = {}, atSeconds = nowSeconds()) =>
      fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': String(atSeconds),
          'x-slack-signature': signature(body, atSeconds),
          ...headers,
        },
        body,
      }),
    async stop() {
      await app.stop();
      await playground.stop();
    },
  };
}

/** The signature of a body at a time. */
export function signature(body: string, atSeconds: number): string {
  return `v0=${createHmac('sha256', SECRET).update(`v0:${atSeconds}:${body}`).digest('hex')}`;
}

/** Now, as Slack's header says it. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
