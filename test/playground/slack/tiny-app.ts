import { App, type Logger, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Desk } from '../../../src/playground/slack/desk.ts';
import type { DeskOptions } from '../../../src/playground/slack/desk-options.ts';
import { startDesk } from '../../../src/playground/slack/start-desk.ts';

const tokens = { botToken: 'xoxb-desk-1', appToken: 'xapp-desk-1' };

/** Scopes that an app which answers in threads asks for. */
export const appScopes = [
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

/** Starts a desk with tokens and ids made up for tests. */
export function startTestDesk(options: Partial<DeskOptions> = {}): Promise<Desk> {
  return startDesk({
    now: () => new Date(),
    newId: nextId,
    newSecret: nextId,
    ...tokens,
    scopes: appScopes,
    ...options,
  });
}

/** The SDK's own client on a desk, without patience. */
export function clientOf(desk: Desk, token: string = tokens.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: desk.slackApiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
  });
}

/** Bolt's own Socket Mode receiver on a desk. */
export function socketReceiver(desk: Desk): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: tokens.appToken,
    logger: quiet,
    installerOptions: {
      clientOptions: {
        slackApiUrl: desk.slackApiUrl,
        retryConfig: { forever: true, minTimeout: 20, maxTimeout: 200 },
      },
    },
  });
}

/** A Bolt app on a desk, as it would run on Slack; listeners are added before it starts. */
export async function startApp(
  desk: Desk,
  addListeners: (app: App) => void,
  receiver?: Receiver,
): Promise<App> {
  const app = new App({
    token: tokens.botToken,
    receiver: receiver ?? socketReceiver(desk),
    logger: quiet,
    convoStore: false,
    deferInitialization: true,
    clientOptions: { slackApiUrl: desk.slackApiUrl, retryConfig: { retries: 0 } },
  });
  addListeners(app);
  await app.init();
  await app.start();
  if (!receiver) await desk.until(() => (desk.sockets() > 0 ? true : undefined));
  return app;
}
