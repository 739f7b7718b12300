import { setTimeout as sleep } from 'node:timers/promises';
import { createPlaces } from '../core/answer/places.ts';
import type { TakenUp } from '../core/answer/store.ts';
import { Interrupted, type QueueAmounts } from '../core/answer/turns.ts';
import type { AnswerRequests } from '../core/operation/answer-requests.ts';
import { createBoltLogger, createClients, debuggedFetch } from './api/clients.ts';
import { createPersonOf } from './api/people.ts';
import { createProgressPace } from './api/progress-pace.ts';
import { createRespond, type Respond } from './api/response-url.ts';
import type { SlackTimes } from './api/times.ts';
import { watchedFetch, watchedRespond } from './api/watched-calls.ts';
import {
  type ConnectionMode,
  createSlackConnection,
  DEFAULT_BOT_NAME,
  type JoinedTeam,
} from './connection/slack-connection.ts';
import type { Admitted } from './question/admission.ts';
import type { LineReading, SlackParts } from './question/handle-line.ts';
import { resumeRequests } from './question/resume-requests.ts';
import { createRecentRequests, createRunningRequests } from './question/running.ts';
import { type News, tell } from './question/thread-posts.ts';
import type { Log, SlackDebug } from './slack-log.ts';
import type { SlackLink, SlackWatch } from './slack-watch.ts';
import { warmUp } from './warm-up.ts';

/** The settings of the app in Slack, and the parts that it works with. */
export interface SlackAppParts extends LineReading {
  readonly mode: ConnectionMode;
  readonly botToken: string;
  /** Another address than Slack's, for tests and for the playground. */
  readonly slackApiUrl?: string | undefined;
  readonly asking: AnswerRequests;
  /** Who may ask in addition to the members of the workspace. */
  readonly admitted: Admitted;
  /** How many questions of a person may wait or run at once; undefined for as many as they like. */
  readonly questionsAPerson?: number | undefined;
  /** How many questions and commands are worked on at once; more are refused. */
  readonly most?: Readonly<Record<'questions' | 'commands', number>> | undefined;
  /** How many questions run and wait in this process. */
  readonly queue: () => QueueAmounts;
  readonly now: () => Date;
  /** How long it waits for Slack; what Slack needs when left out. */
  readonly times?: SlackTimes | undefined;
  /** Short text that never repeats: the reference of a failure. */
  readonly newId: () => string;
  /** Where the rows of long answers are kept while they are attached; made when it is missing. */
  readonly csvFolder: string;
  readonly log: Log;
  /** How many processes write in this workspace; one when left out. */
  readonly share?: (() => number) | undefined;
  /** Writes a line for each call to Slack; left out where none is wanted. */
  readonly debug?: SlackDebug | undefined;
  /** Counts calls to Slack and acknowledgements; left out where no one asks for the counts. */
  readonly watch?: SlackWatch | undefined;
}

/** flowlog in Slack: command, mentions, direct messages, buttons, the form. */
export interface SlackApp {
  /** Joins Slack. @throws SlackStartError that says which token is wrong. */
  start(): Promise<void>;
  /** Takes no more work, leaves what runs in flight for the next start, and waits at most `graceMs` for it to end. */
  stop(graceMs: number): Promise<void>;
  /** Takes up what was in flight when the app last stopped; returns how many requests that are. */
  resume(whose?: TakenUp): Promise<number>;
  /**
   * Posts news into the thread of a place. `nowhere` when that is not in Slack or Slack does not take them, which is
   * logged; `later` when the app stops before Slack takes them.
   */
  tell(place: string, news: News): ReturnType<typeof tell>;
  /** Whether deliveries of Slack reach the app. */
  link(): SlackLink;
}

/**
 * As many questions are answered well within the two minutes that each has: the slowest, on Athena, take some four seconds
 * each, ten at once. A command is a few calls to AWS.
 */
export const WORKED_ON_AT_ONCE = { questions: 200, commands: 50 } as const;

function readingOf(app: LineReading): LineReading {
  const { command, understand, helpText, catalog, knownNames, helpExamples } = app;
  return { command, understand, helpText, catalog, knownNames, helpExamples };
}

/** Fetches as Node.js does, counted and written down where that is wanted. */
function observedFetch({ debug, now, watch }: Pick<SlackAppParts, 'debug' | 'now' | 'watch'>) {
  const watched = watch && watchedFetch(watch);
  return debug === undefined ? watched : debuggedFetch(debug, now, watched);
}

function observedRespond(respond: Respond, watch: SlackAppParts['watch']): Respond {
  return watch === undefined ? respond : watchedRespond(respond, watch);
}

/** A delivery that is never answered must not delay the stop for longer. */
const CLOSE_MS = 1_000;

/** Creates the app; nothing is sent or listened to before it starts. */
export function createSlackApp(app: SlackAppParts): SlackApp {
  const { mode, botToken, slackApiUrl, admitted, now, newId, log } = app;
  const { asking, questionsAPerson, queue, csvFolder, times, watch, most = WORKED_ON_AT_ONCE } = app;
  const logger = createBoltLogger(log, now);
  const fetch = observedFetch(app);
  const clients = createClients({ botToken, slackApiUrl, logger, fetch, now, times });
  const running = createRunningRequests();
  const stopping = new AbortController();
  const patience = { now, stopping: stopping.signal, times };
  let joined: JoinedTeam = { botName: DEFAULT_BOT_NAME, team: '' };
  const parts: SlackParts = {
    admission: {
      personOf: createPersonOf(clients.quick, now, log),
      ownTeam: () => joined.team,
      admitted,
      log,
    },
    reading: readingOf(app),
    answering: {
      asking,
      running,
      recent: createRecentRequests(now, running.has),
      questionsAPerson,
      places: { questions: createPlaces(most.questions), commands: createPlaces(most.commands) },
      queue,
      csvFolder,
    },
    output: {
      clients,
      respond: observedRespond(createRespond(patience), watch),
      pace: createProgressPace(now, app.share, stopping.signal),
      botName: () => joined.botName,
      log,
      newId,
      ...patience,
    },
  };
  const connection = createSlackConnection({ mode, botToken, slackApiUrl, logger, fetch, watch }, parts);

  return {
    async start() {
      const opened = connection.open((team) => {
        joined = team;
      });
      // Slack says meanwhile who the bot is.
      await Promise.all([opened, warmUp(parts.reading)]);
    },
    async stop(graceMs) {
      stopping.abort(new Interrupted());
      const closed = connection.close().catch(() => undefined);
      await running.interrupt(graceMs);
      await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
    },
    resume: (whose) => resumeRequests(parts, whose),
    link: connection.link,
    tell: (place, news) => tell(place, news, parts.output),
  };
}
