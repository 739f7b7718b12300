import { App, type Logger, type Receiver } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import { admitInTurns } from '../../core/turn-of-loop.ts';
import { patientOptions } from '../api/clients.ts';
import { keepTrying } from '../api/keep-trying.ts';
import { slackRefusal } from '../api/slack-refusal.ts';
import { onButton } from '../listener/on-button.ts';
import { onCommand } from '../listener/on-command.ts';
import { onForm } from '../listener/on-form.ts';
import { onDirectMessage, onMention } from '../listener/on-message.ts';
import { onShortcut } from '../listener/on-shortcut.ts';
import type { SlackParts } from '../question/handle-line.ts';
import { reportFailure } from '../slack-log.ts';
import { SlackStartError } from '../slack-start-error.ts';
import type { SlackLink, SlackWatch } from '../slack-watch.ts';
import { takeDeliveries } from './deliveries.ts';
import { createSeenOnce, dropDuplicates } from './duplicates.ts';
import { createSignedRequests } from './signed-requests.ts';
import { createTwoSockets } from './sockets.ts';
import { watchAcks } from './watched-acks.ts';

/** How Slack reaches the app: over sockets that the app opens, or by requests to a public address. */
export type ConnectionMode =
  | { readonly kind: 'socket'; readonly appToken: string }
  | {
      readonly kind: 'http';
      readonly signingSecret: string;
      readonly port: number;
      readonly host?: string | undefined;
    };

/** How the app reaches Slack and is reached by it. */
interface ConnectionSettings {
  readonly mode: ConnectionMode;
  readonly botToken: string;
  readonly slackApiUrl: string | undefined;
  readonly logger: Logger;
  readonly fetch: FetchFunction | undefined;
  readonly watch: SlackWatch | undefined;
}

/** What the app is called in its workspace, and the id of that. */
export interface JoinedTeam {
  readonly botName: string;
  readonly team: string;
}

/** Name of the bot where Slack does not say it. */
export const DEFAULT_BOT_NAME = 'flowlog';

/** The app's connection to Slack, with everything that listens on it. */
interface SlackConnection {
  /** Asks Slack who the bot is, then takes deliveries. @throws SlackStartError that says which token is wrong. */
  open(joined: (team: JoinedTeam) => void): Promise<void>;
  /** Takes no more deliveries; waits until those that came are answered. */
  close(): Promise<void>;
  link(): SlackLink;
}

/** Reading a line and acknowledging it takes one or two milliseconds. */
const DELIVERIES_A_TURN = 8;

/** Creates the connection; nothing is sent or listened to before it is opened. */
export function createSlackConnection(settings: ConnectionSettings, parts: SlackParts): SlackConnection {
  const { mode, botToken, slackApiUrl, logger, fetch, watch } = settings;
  const { output } = parts;
  const { receiver, openSockets } = createReceiver(settings, output);
  let isListening = false;
  const app = new App({
    token: botToken,
    receiver,
    logger,
    clientOptions: patientOptions({ slackApiUrl, logger, fetch, now: output.now, times: output.times }),
    // Its memory of conversations would grow for ever.
    convoStore: false,
    // In the constructor a refused token would be an unhandled rejection.
    deferInitialization: true,
  });
  const deliveries = takeDeliveries(app, output);
  if (watch !== undefined) watchAcks(app, watch, output.now);
  const admitted = admitInTurns(DELIVERIES_A_TURN);
  app.use(async ({ next }) => {
    await admitted();
    await next();
  });
  app.use(dropDuplicates(createSeenOnce(output.now)));
  addListeners(app, parts);
  app.error(async (error) => void reportFailure(error.original ?? error, { bolt: error.code }, output));

  async function join(): Promise<JoinedTeam> {
    try {
      const patience = { ...output, worthMs: JOIN_MS };
      await keepTrying(() => app.init(), patience);
      const { user, team_id: team = '' } = await keepTrying<{
        readonly user?: string;
        readonly team_id?: string;
      }>(() => output.clients.patient.auth.test(), patience);
      return { botName: user ?? DEFAULT_BOT_NAME, team };
    } catch (error) {
      throw startError(error, 'SLACK_BOT_TOKEN');
    }
  }

  return {
    async open(joined) {
      joined(await join());
      await listen(receiver, mode);
      isListening = true;
    },
    async close() {
      isListening = false;
      await Promise.all([receiver.stop(), deliveries.settled()]);
    },
    link() {
      const sockets = openSockets();
      return { isConnected: isListening && sockets !== 0, sockets };
    },
  };
}

/** Longer than this the start does not wait for Slack, in milliseconds: a supervisor sees that it failed. */
const JOIN_MS = 15_000;

const ANY = /.*/s;

/**
 * The surface of the app in Slack. Listeners take anything of their kind, because a payload that is not acknowledged
 * hangs for three seconds and then fails with a code.
 */
function addListeners(app: App, parts: SlackParts): void {
  app.command(ANY, onCommand(parts));
  app.event('app_mention', onMention(parts));
  app.event('message', onDirectMessage(parts));
  app.action(ANY, onButton(parts));
  app.shortcut(ANY, onShortcut(parts));
  app.view(ANY, onForm(parts));
  app.options(ANY, async ({ ack }) => ack({ options: [] }));
}

/** With a count of open sockets, which is undefined where there are none. */
function createReceiver(
  { mode, slackApiUrl, logger, fetch }: ConnectionSettings,
  { now, log, times }: SlackParts['output'],
) {
  if (mode.kind === 'http') {
    const receiver: Receiver = createSignedRequests({ signingSecret: mode.signingSecret, logger, now });
    return { receiver, openSockets: () => undefined };
  }
  const { appToken } = mode;
  const receiver = createTwoSockets({ appToken, slackApiUrl, logger, log, now, fetch, times });
  return { receiver, openSockets: receiver.open };
}

async function listen(receiver: Receiver, mode: ConnectionMode): Promise<void> {
  if (mode.kind === 'http') {
    const { port, host } = mode;
    await receiver.start(host === undefined ? port : { port, host });
    return;
  }
  try {
    await receiver.start();
  } catch (error) {
    throw startError(error, 'SLACK_APP_TOKEN');
  }
}

const TOKEN_CODES = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
]);

function startError(error: unknown, token: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'): SlackStartError {
  const code = slackRefusal(error)?.code ?? (error instanceof Error ? error.message : String(error));
  return new SlackStartError(startWords(code, token), { cause: error });
}

function startWords(code: string, token: string): string {
  if (TOKEN_CODES.has(code))
    return `Slack refused ${token} (${code}): copy it again from the settings of the app.`;
  if (code === 'missing_scope')
    return `${token} lacks a scope: reinstall the app with manifest.yml, and give the app-level token connections:write.`;
  return `Slack could not be joined with ${token} (${code}): check that this machine reaches slack.com, then start again.`;
}
