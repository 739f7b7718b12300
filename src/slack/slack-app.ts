import { setTimeout as sleep } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import type { RecordedAsk } from '../core/answer/recorded-ask.ts';
import type { Report } from '../core/operation/report.ts';
import type { HelpWanted, Understanding } from '../core/question.ts';
import { type Clients, createBoltLogger, createClients } from './api/clients.ts';
import { createPersonOf } from './api/people.ts';
import { createRespond } from './api/response-url.ts';
import { createBoltApp, startError } from './connection/bolt-app.ts';
import { createReceiver, type DeliveryMode } from './connection/receiver.ts';
import type { Admitted } from './question/admission.ts';
import type { QuestionParts } from './question/question-parts.ts';
import { resumeQuestions } from './question/resume.ts';
import { createAskedLately, createRunning } from './question/running.ts';
import { tellReport } from './question/thread-posts.ts';
import type { Log } from './slack-log.ts';

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
  /** Who may ask beside the members of the workspace. */
  readonly admitted: Admitted;
  /** How many questions of a person may wait or run at once; undefined for as many as they like. */
  readonly questionsAPerson?: number | undefined;
  readonly now: () => Date;
  /** Short text that is never the same twice: the reference of a failure. */
  readonly newId: () => string;
  /** Where the rows of long answers lie while they are attached; made when it is missing. */
  readonly csvFolder: string;
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
  /**
   * Posts a report into the thread of something that was asked; `line` is what was asked. `nowhere` when it was not
   * asked in Slack or Slack does not take it, which is reported; `later` when Slack asks to wait.
   */
  tell(place: string, report: Report, line: string): Promise<'told' | 'later' | 'nowhere'>;
}

/** A request that is never answered must not hold up the end. */
const FAREWELL_MS = 1_000;

/** Creates the app; nothing is sent or listened to before it starts. */
export function createSlackApp(outside: SlackAppParts): SlackApp {
  const { mode, botToken, slackApiUrl, now, log } = outside;
  const logger = createBoltLogger(log);
  const clients = createClients({ botToken, slackApiUrl, logger });
  const running = createRunning();
  let joined: Joined = { botName: 'flowlog', team: '' };
  const parts: QuestionParts = {
    ...outside,
    botName: () => joined.botName,
    clients,
    respond: createRespond(now),
    personOf: createPersonOf(clients.hasty, now, log),
    ownTeam: () => joined.team,
    running,
    askedLately: createAskedLately(now, running.has),
  };
  const receiver = createReceiver(mode, { slackApiUrl, logger, now });
  const app = createBoltApp({ botToken, slackApiUrl, receiver, logger, parts });

  return {
    async start() {
      joined = await joinWithBot(app, clients, joined.botName);
      await listen(receiver, mode);
    },
    async stop(graceMs) {
      const closed = receiver.stop().catch(() => undefined);
      await running.interrupt(graceMs);
      await Promise.race([closed, sleep(FAREWELL_MS, undefined, { ref: false })]);
    },
    resume: () => resumeQuestions(parts),
    tell: (place, report, line) => tellReport({ place, report, line }, parts),
  };
}

/** What the app is called in its workspace, and the id of that. */
interface Joined {
  readonly botName: string;
  readonly team: string;
}

async function joinWithBot(app: App, { sure }: Clients, fallback: string): Promise<Joined> {
  try {
    await app.init();
    const { user = fallback, team_id: team = '' } = await sure.auth.test();
    return { botName: user, team };
  } catch (error) {
    throw startError(error, 'SLACK_BOT_TOKEN');
  }
}

async function listen(receiver: Receiver, mode: DeliveryMode): Promise<void> {
  if (mode.kind === 'http') {
    const { port, host } = mode;
    return void (await receiver.start(host === undefined ? port : { port, host }));
  }
  try {
    await receiver.start();
  } catch (error) {
    throw startError(error, 'SLACK_APP_TOKEN');
  }
}
