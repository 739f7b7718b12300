import { join } from 'node:path';
import type { Logger } from 'pino';
import { orLate } from '../core/deadline.ts';
import { StoreError } from '../core/errors.ts';
import type { NotificationEnd } from '../operations/expiry/notify-endings.ts';
import { helpExamples } from '../render/help-tasks.ts';
import { helpFor } from '../render/help-text.ts';
import { createSlackApp, type SlackApp, type SlackAppParts } from '../slack/slack-app.ts';
import { completeLine } from '../terminal/complete-line.ts';
import { drained } from '../terminal/csv-output.ts';
import { paintFor } from '../terminal/paint.ts';
import { promptForLines } from '../terminal/prompt.ts';
import { welcomeText } from '../terminal/welcome-text.ts';
import { type Asking, openAsking } from './asking.ts';
import type { OpenBackend } from './backend.ts';
import type { Config } from './config.ts';
import { eventLoopFirst } from './event-loop-first.ts';
import { type Job, startJobs } from './job.ts';
import type { JobEvents } from './jobs.ts';
import type { OpenedStores } from './lasting-stores.ts';
import { debugToLog, openLog } from './log.ts';
import { type Observing, startObserving } from './observe/observe.ts';
import { openPlayground } from './open-playground.ts';
import { ENTRIES } from './reading.ts';
import { slackWorkspace } from './slack-workspace.ts';
import { createStoreWatch, type StoreWatch } from './store-watch.ts';
import { suggestionsFor } from './suggestions.ts';
import type { World } from './this-process.ts';

/** Log messages for the ends of notifications about deleted flow logs. */
const NOTIFICATION_WORDS: Readonly<Record<NotificationEnd, string>> = {
  posted: 'the deletion of a flow log was posted where it was set up',
  nowhere:
    'the deletion of a flow log was not posted: its thread is unknown, or Slack does not accept messages there',
  unsure: 'the deletion of a flow log may not have been posted: the app was stopped in the middle',
};

/** How long questions in flight may take to say that they are paused, when the app stops. */
const GRACE_MS = 4_000;

/** Longer than this the app does not wait for Slack and its store when it stops: supervisors give it half a minute. */
const STOP_MS = 15_000;

/** The running app. */
export interface App {
  /** With the playground, answers lines from the terminal too, until they end; with Slack there is nothing to read. */
  serveTerminal(
    input: NodeJS.ReadStream,
    output: NodeJS.WriteStream,
    aside: NodeJS.WriteStream,
  ): Promise<void>;
  /** Stops taking questions, pauses those in flight and gives them back to the store, and ends the process. Never fails. */
  stop(): Promise<void>;
  /** Logs an unexpected error and ends the process. */
  crash(error: unknown): void;
  /** Where the playground is, when it is running. */
  readonly playgroundUrl: string | undefined;
}

/**
 * Builds all parts from the configuration and starts them; `open` opens the backend in another way, and `begun` is what the
 * stores come to where they are being opened already.
 */
export async function startApp(
  config: Config & { readonly zone: string },
  world: World,
  open?: OpenBackend,
  begun?: Promise<OpenedStores>,
): Promise<App> {
  const configured = slackWorkspace(config);
  const openedLog = logWhenNeeded(config, configured === undefined);
  const debug = debugToLog(config.debug, openedLog);
  const entries = ENTRIES.map(({ name }) => name);
  const observing = await startObserving(config, { log: openedLog, entries, now: world.now });
  const storeWatch = createStoreWatch(openedLog);
  const { watch } = observing;
  const asking = await openAsking(config, world, { debug, watch, storeEvents: storeWatch }, open, begun);
  await eventLoopFirst();
  const log = openedLog();
  if (observing.url !== undefined) log.info({ url: observing.url }, 'serves metrics');
  const { stillOpen } = asking;
  if (stillOpen.length > 0)
    log.warn(
      { paths: stillOpen.slice(0, 10) },
      'other users of this machine can read the state: set FLOWLOG_STATE to a folder that only you own',
    );
  const suggestions = suggestionsFor(config);
  const playground = configured === undefined ? await openPlayground(config, suggestions, world) : undefined;
  const workspace = configured ?? playground?.workspace;
  if (workspace === undefined) throw new Error('there is neither a Slack workspace nor a playground');
  const slack = await startSlack(
    {
      ...workspace,
      ...world,
      command: config.command,
      csvFolder: join(config.stateFolder, 'csv'),
      log,
      debug: debug('slack'),
      watch: observing.slack,
      admitted: { teams: config.teams, guests: config.guests },
      questionsAPerson: config.questionsAPerson,
    },
    asking,
    observing,
  );
  // In the playground a person reads the terminal, which says so itself.
  if (playground === undefined) void logOrigin(asking, log);
  const jobFailed = failed(log, observing, storeWatch);
  const stopJobs = asking.start(jobEvents(log, slack, jobFailed));
  const stopTakingUp = startJobs([takeUpJob(slack, asking, log)], jobFailed);

  async function close(): Promise<void> {
    await slack.stop(GRACE_MS);
    await playground?.playground.stop();
    await asking.close();
  }

  async function stop(): Promise<void> {
    stopJobs();
    stopTakingUp();
    observing.stopping();
    try {
      if ((await orLate(STOP_MS, close())) === 'late')
        log.warn('the app did not wait any longer for its stop');
    } catch (error) {
      log.warn(
        { err: error },
        'the store could not be closed: questions in flight are taken up all the same',
      );
    }
    observing.stop();
    process.exit(0);
  }

  return {
    playgroundUrl: playground?.playground.url,
    stop,
    crash(error) {
      log.fatal(
        { err: error },
        'the app stopped after an unexpected error: a supervisor should start it again',
      );
      process.exit(1);
    },
    async serveTerminal(input, output, aside) {
      if (playground === undefined) return;
      output.write(welcomeText(playground.playground.url, await asking.originLines(), suggestions));
      const complete = async (line: string) =>
        completeLine(line, { catalog: ENTRIES, names: await asking.knownNames() });
      const parts = terminalParts(asking, config.zone, world, output, aside);
      await promptForLines(parts, input, output, complete);
      // The end of input (no terminal, as in a container) does not stop the app; leaving the prompt does.
      if (input.isTTY) await stop();
    },
  };
}

async function logOrigin({ originLines }: Asking, log: Logger): Promise<void> {
  for (const line of await originLines()) log.info(line);
}

/** With a lease of 20 seconds, a question of a process that was killed goes on within half a minute. */
const TAKE_UP_EVERY_MS = 5_000;

function takeUpJob(slack: SlackApp, { areLeasesTelling }: Asking, log: Logger): Job {
  return {
    name: 'take up questions of a process that was killed',
    everyMs: TAKE_UP_EVERY_MS,
    async run() {
      if (!areLeasesTelling()) return;
      const resumed = await slack.resume('left behind');
      if (resumed > 0) log.info({ resumed }, 'took over questions of a process that was killed');
    },
  };
}

/** While the store is away every job fails: that is logged once, by the watch. */
function failed(
  log: Logger,
  { jobFailed }: Pick<Observing, 'jobFailed'>,
  storeWatch: StoreWatch,
): JobEvents['failed'] {
  return (error, { name }) => {
    jobFailed(name);
    if (error instanceof StoreError) storeWatch.failed(error);
    else log.error({ err: error, job: name }, 'a background job failed and will run again');
  };
}

/** The results of jobs go to the log, and the ends of flow logs to where they were set up. */
function jobEvents(log: Logger, slack: SlackApp, failed: JobEvents['failed']): JobEvents {
  return {
    failed,
    deleted: (flowLogIds) => log.info({ flowLogIds }, 'flow logs were deleted, because their time was over'),
    unproven: (flowLogIds) =>
      log.warn(
        { flowLogIds },
        'flow logs were not deleted: their tags say that their time is over, but the state folder does not list them; delete them with `teardown`',
      ),
    endings: {
      notify: (place, report, line) => slack.tell(place, { report, line }),
      ended: (flowLogId, end) => log.info({ flowLogId, end }, NOTIFICATION_WORDS[end]),
    },
  };
}

/** Joins Slack, or the playground, and takes up what the last stop left in flight. */
async function startSlack(
  parts: Omit<
    SlackAppParts,
    'understand' | 'helpText' | 'helpExamples' | 'catalog' | 'knownNames' | 'asking' | 'queue' | 'share'
  >,
  { understand, recorded, knownNames, queue, share }: Asking,
  observing: Pick<Observing, 'joined'>,
): Promise<SlackApp> {
  const slack = createSlackApp({
    ...parts,
    understand,
    helpText: (wanted, prompt) => helpFor(ENTRIES, prompt)(wanted),
    helpExamples: helpExamples(ENTRIES),
    catalog: ENTRIES,
    knownNames,
    asking: recorded,
    queue,
    share,
  });
  await slack.start();
  observing.joined(slack.link);
  parts.log.info({ resumed: await slack.resume() }, 'ready');
  return slack;
}

/**
 * With the playground a person reads the terminal, and log lines would disturb. The log is opened when it is first
 * written, because its file belongs into the state folder, which has to be made and closed to others before.
 */
function logWhenNeeded({ logLevel, stateFolder }: Config, withPlayground: boolean): () => Logger {
  let log: Logger | undefined;
  return () => {
    log ??= openLog({
      level: logLevel,
      ...(withPlayground && { file: join(stateFolder, 'flowlog.log') }),
    });
    return log;
  };
}

function terminalParts(
  asking: Asking,
  zone: string,
  { newId }: World,
  output: NodeJS.WriteStream,
  aside: NodeJS.WriteStream,
) {
  return {
    ...asking,
    help: helpFor(ENTRIES, ''),
    zone,
    prompt: '',
    width: output.columns,
    paint: paintFor(output),
    newId,
    print: (text: string) => void output.write(text),
    drained: () => drained(output),
    printAside: (text: string) => void aside.write(text),
  };
}
