import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';

/** Tokens that the playground of these runs takes. */
export const TOKENS = { botToken: 'xoxb-chaos-1', appToken: 'xapp-chaos-1' } as const;

/** The app as it is deployed, from the last build, in a process that can be killed. */
export interface KilledApp {
  /** Kills it without a word: nothing that it has begun goes on. */
  kill(): Promise<void>;
}

/** Starts the app on a state folder, joined to a playground that runs elsewhere, and waits until it is ready. */
export async function startKilledApp(
  playground: Pick<SlackPlayground, 'slackApiUrl' | 'sockets'>,
  stateFolder: string,
): Promise<KilledApp> {
  const app = spawn(process.execPath, ['dist/main.js'], {
    env: {
      PATH: process.env.PATH ?? '',
      FLOWLOG_STATE: stateFolder,
      FLOWLOG_SLACK_MODE: 'socket',
      FLOWLOG_SLACK_API_URL: playground.slackApiUrl,
      SLACK_BOT_TOKEN: TOKENS.botToken,
      SLACK_APP_TOKEN: TOKENS.appToken,
      FLOWLOG_LOG_LEVEL: 'info',
      FLOWLOG_QUESTIONS_A_PERSON: '1000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await ready(app);
  return {
    async kill() {
      if (app.exitCode !== null) throw new Error(`the app ended by itself, with ${app.exitCode}`);
      const ended = once(app, 'exit');
      app.kill('SIGKILL');
      await ended;
    },
  };
}

function ready(app: ChildProcess): Promise<void> {
  let printed = '';
  return new Promise((resolve, reject) => {
    for (const stream of [app.stdout, app.stderr])
      stream?.on('data', (chunk: Buffer) => {
        printed = (printed + chunk.toString()).slice(-20_000);
        if (printed.includes('"ready"')) resolve();
      });
    app.once('exit', (code) => reject(new Error(`the app ended with ${code}: ${printed}`)));
  });
}
