import { App } from '@slack/bolt';
import type { RecordedAsk } from '../core/answer/recorded-ask.ts';
import type { HelpWanted, Understanding } from '../core/question.ts';
import { createBoltLogger } from './api/bolt-logger.ts';
import { createClients, sureOptions } from './api/clients.ts';
import { createZoneOf } from './api/people-zones.ts';
import { createRespond } from './api/response-url.ts';
import { createReceiver, type DeliveryMode } from './connection/delivery-mode.ts';
import { dropDuplicates } from './connection/drop-duplicates.ts';
import { createSeenOnce } from './connection/seen-once.ts';
import { startError } from './connection/start-error.ts';
import { addListeners } from './listener/add-listeners.ts';
import type { Log } from './log.ts';
import { createAskedLately } from './question/asked-lately.ts';
import type { QuestionParts } from './question/question-parts.ts';
import { reportFailure } from './question/report-failure.ts';
import { resumeQuestions } from './question/resume-questions.ts';
import { createRunning } from './question/running.ts';

/** What the app in Slack needs from outside. */
export interface SlackAppParts {
  readonly mode: DeliveryMode;
  readonly botToken: string;
  /** Another address than Slack's, for tests and for the desk. */
  readonly slackApiUrl?: string | undefined;
  /** Name of the slash command, as in the manifest. */
  readonly command: string;
  /** Reads a line in a time zone; pure and quick. @throws UserError for a mistake. */
  readonly understand: (line: string, zone: string) => Understanding;
  /** `prompt` is what stands before a line where help was asked for: `/flowlog `. */
  readonly helpText: (wanted: HelpWanted, prompt: string) => string;
  readonly asking: RecordedAsk;
  readonly now: () => Date;
  /** Short text that is never the same twice: the reference of a failure. */
  readonly newId: () => string;
  readonly log: Log;
}

/** flowlog in Slack: command, mentions, direct messages, buttons, the form. */
export interface SlackApp {
  /** Joins Slack. @throws SlackStartError that says which token is wrong. */
  start(): Promise<void>;
  /** Takes no more work, leaves what runs in flight for the next start, and waits for it to end, but not for long. */
  stop(graceMs: number): Promise<void>;
  /** Takes up what was in flight when the app last stopped; returns how many questions that are. */
  resume(): Promise<number>;
}

/** Creates the app; nothing is sent or listened to before it starts. */
export function createSlackApp(outside: SlackAppParts): SlackApp {
  const { mode, botToken, slackApiUrl, now, log } = outside;
  const logger = createBoltLogger(log);
  const clients = createClients({ botToken, slackApiUrl, logger });
  const running = createRunning();
  let botName = 'flowlog';
  const parts: QuestionParts = {
    ...outside,
    botName: () => botName,
    clients,
    respond: createRespond(now),
    zoneOf: createZoneOf(clients.hasty, now),
    running,
    askedLately: createAskedLately(now, running.has),
  };
  const receiver = createReceiver(mode, { slackApiUrl, logger, now });
  const app = new App({
    token: botToken,
    receiver,
    logger,
    clientOptions: sureOptions({ slackApiUrl, logger }),
    // Its memory of conversations would grow for ever.
    convoStore: false,
    // In the constructor a refused token would be an unhandled rejection.
    deferInitialization: true,
  });
  app.use(dropDuplicates(createSeenOnce(now)));
  addListeners(app, parts);
  app.error(async (error) => void reportFailure(error.original ?? error, { code: error.code }, parts));

  return {
    async start() {
      try {
        await app.init();
        botName = (await clients.sure.auth.test()).user ?? botName;
      } catch (error) {
        throw startError(error, 'SLACK_BOT_TOKEN');
      }
      if (mode.kind === 'http') return void (await receiver.start(mode.port));
      await receiver.start().catch((error: unknown) => {
        throw startError(error, 'SLACK_APP_TOKEN');
      });
    },
    async stop(graceMs) {
      const closed = receiver.stop().catch(() => undefined);
      await running.interrupt(graceMs);
      await closed;
    },
    resume: () => resumeQuestions(parts),
  };
}
