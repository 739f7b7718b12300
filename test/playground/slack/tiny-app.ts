import { App, type Logger, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { PlaygroundOptions } from '../../../src/playground/slack/options.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { startSlackPlayground } from '../../../src/playground/slack/start-slack-playground.ts';

const tokens = { botToken: 'xoxb-playground-1', appToken: 'xapp-playground-1' };

/** Scopes that an app which answers in threads asks for. */
const appScopes = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'files:write',
  'im:history',
  'users:read',
  'channels:read',
  'channels:history',
] as const;

/** Tests provoke errors on purpose; the SDK need not print them. */
export const quiet: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

let lastId = 0;

function nextId(): string {
  lastId += 1;
  return String(lastId).padStart(6, '0');
}

/** Starts a playground with tokens and ids made up for tests. */
export function startTestPlayground(options: Partial<PlaygroundOptions> = {}): Promise<SlackPlayground> {
  return startSlackPlayground({
    now: () => new Date(),
    newId: nextId,
    newSecret: nextId,
    ...tokens,
    scopes: appScopes,
    ...options,
  });
}

/** The SDK's own client on a playground, without patience. */
export function clientOf(playground: SlackPlayground, token: string = tokens.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: playground.slackApiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
  });
}

/** Bolt's own Socket Mode receiver on a playground. */
export function socketReceiver(playground: SlackPlayground): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: tokens.appToken,
    logger: quiet,
    installerOptions: {
      clientOptions: {
        slackApiUrl: playground.slackApiUrl,
        retryConfig: { forever: true, minTimeout: 20, maxTimeout: 200 },
      },
    },
  });
}

/** A Bolt app on a playground, as it would run on Slack; listeners are added before it starts. */
export async function startApp(
  playground: SlackPlayground,
  addListeners: (app: App) => void,
  receiver?: Receiver,
): Promise<App> {
  const app = new App({
    token: tokens.botToken,
    receiver: receiver ?? socketReceiver(playground),
    logger: quiet,
    convoStore: false,
    deferInitialization: true,
    clientOptions: { slackApiUrl: playground.slackApiUrl, retryConfig: { retries: 0 } },
  });
  addListeners(app);
  await app.init();
  await app.start();
  if (!receiver) await playground.until(() => (playground.sockets() > 0 ? true : undefined));
  return app;
}
