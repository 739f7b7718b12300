import type { Config } from '../../src/app/config.ts';
import { createShare } from '../../src/app/jobs.ts';
import { createAthenaPace } from '../../src/aws/athena/athena-calls.ts';
import { ATHENA_PLACES, createAthenaEngine } from '../../src/aws/athena/athena-engine.ts';
import { createBudget, TooCostly } from '../../src/core/answer/budget.ts';
import { estimateOf } from '../../src/core/answer/cost.ts';
import { createPlaces } from '../../src/core/answer/places.ts';
import type { Reserving } from '../../src/core/answer/store.ts';
import { createTurns, runInTurn } from '../../src/core/answer/turns.ts';
import { withDeadline } from '../../src/core/deadline.ts';
import type { Scan } from '../../src/core/lake/scan.ts';
import type { Question } from '../../src/core/query/question.ts';
import type { Random } from '../../src/playground/aws/random.ts';
import { noteMessage } from '../../src/render/messages/notes.ts';
import { createBoltLogger, createClients } from '../../src/slack/api/clients.ts';
import { endedWithin } from '../../src/slack/api/keep-trying.ts';
import { createProgressPace } from '../../src/slack/api/progress-pace.ts';
import { SLACK_TIMES } from '../../src/slack/api/times.ts';
import { createStatusMessage, type Progress, startProgress } from '../../src/slack/question/progress.ts';
import { postMessage } from '../../src/slack/question/thread-posts.ts';
import { WORKED_ON_AT_ONCE } from '../../src/slack/slack-app.ts';
import type { SimulatedQuestion } from './asked-load.ts';
import { type AthenaAccount, statementReading } from './athena-account.ts';
import { fraction } from './chance.ts';
import type { SlackWorkspace } from './slack-workspace.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** How a question ended. `too costly`: it waits for a person to approve its price, and nothing ran. */
export type SimulatedEnd = 'answered' | 'refused' | 'too costly' | 'late' | 'failed';

/** A process of the product: its own turns, places, engine, poller and clients. */
export interface SimulatedProcess {
  /** Counts the processes on the store, as each does every five seconds. */
  count(): Promise<void>;
  /** Comes to how it ended, once Slack took all of it. `isApproved`: a person agreed to the price. */
  answer(asked: SimulatedQuestion, isApproved: boolean): Promise<Shown>;
}

/** How a question ended, and when that was shown, by the clock of the simulation. */
interface Shown {
  readonly end: SimulatedEnd;
  readonly shownMs: number;
}

/** What all processes share. */
export interface SharedParts {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly athena: AthenaAccount;
  readonly slack: SlackWorkspace;
  readonly reserving: Reserving;
  readonly processes: number;
  readonly config: Config;
  /** A question, and the same with an agreement to any price. */
  readonly questions: { readonly usual: Question; readonly approved: Question };
}

/** Each listing is so far away, and eight folders are listed at once. */
const [LISTING_MS, FOLDERS_AT_ONCE] = [50, 8] as const;
/** The folders above those of hours: the root, the year, the month, the day. */
const FOLDERS_ABOVE = 4;

/** Builds a process as the product does, of the product's parts. */
export function createSimulatedProcess(shared: SharedParts): SimulatedProcess {
  const { clock, random, athena, slack, reserving, processes, config, questions } = shared;
  const { now, elapsedMs, sleep } = clock;
  const share = createShare({ beat: async () => processes }, now);
  const turns = createTurns(ATHENA_PLACES.atOnce, ATHENA_PLACES.longAtOnce, share.processes);
  const choosing = createTurns(ATHENA_PLACES.atOnce);
  const places = createPlaces(WORKED_ON_AT_ONCE.questions);
  const prices = { dollarsPerTb: config.dollarsPerTb, regions: {} };
  const limits = {
    question: config.dollarsQuestion,
    thread: config.dollarsThread,
    day: config.dollarsDay,
  };
  const budget = createBudget({ reserving, limits, mayRaise: () => true, whoMayRaise: '', now });
  const engine = createAthenaEngine({
    client: athena.client,
    context: { workgroup: 'flowlog', database: 'flowlog', catalog: 'AwsDataCatalog' },
    // Each question has an id of its own.
    newId: () => '',
    pace: createAthenaPace({ elapsedMs, sleep }),
    sleep,
    random: () => fraction(random),
  });
  const times = { ...SLACK_TIMES, sleep };
  const logger = createBoltLogger(SILENT, now);
  const stopping = new AbortController().signal;
  const clients = createClients({ botToken: 'xoxb-simulated', slackApiUrl: undefined, logger, now, times });
  const output = {
    clients: {
      inTurn: clients.inTurn,
      updatesInOrder: clients.updatesInOrder,
      patient: Object.assign(clients.patient, { chat: slack.chat }),
      quick: Object.assign(clients.quick, { chat: slack.chat }),
    },
    pace: createProgressPace(now, share.processes),
    now,
    stopping,
    times,
  };

  async function ask(
    { id, channel, person, windowHours, bytes }: SimulatedQuestion,
    { isApproved, progress }: { readonly isApproved: boolean; readonly progress: Progress },
    signal: AbortSignal,
  ): Promise<SimulatedEnd> {
    const spender = { channel, person, thread: `${channel}/${id}` };
    const question = isApproved ? questions.approved : questions.usual;
    const folders = Math.ceil((windowHours + 1) / FOLDERS_AT_ONCE);
    await choosing.take(spender, () => sleep((FOLDERS_ABOVE + folders) * LISTING_MS, signal), {
      signal,
      onTurn: progress.waiting,
    });
    const scan = scanOf(bytes);
    const estimate = estimateOf(scan, prices);
    await budget.check(question, estimate, { ...spender, id }, NOTHING_CHEAPER);
    progress.scanned(scan, { ...estimate, billed: true });
    const statement = { text: statementReading(bytes), bound: [], scan, identity: id };
    const { longerThanBytes } = ATHENA_PLACES;
    const waiting = { signal, spender, onTurn: progress.waiting };
    await runInTurn(statement, () => {}, { engine, prices, turns, longerThanBytes }, waiting);
    return 'answered';
  }

  async function show(asked: SimulatedQuestion, isApproved: boolean): Promise<Shown> {
    const { id, channel } = asked;
    const askedAt = now();
    const posting = { request: id, askedAt, isResumed: false, noteAnswer: async () => {} };
    const status = createStatusMessage({ channel, statusTs: undefined }, posting, output);
    const threadTs = await status.open(WORKING, undefined);
    const progress = startProgress(() => status.show(WORKING), now);
    const leftMs = askedAt.getTime() + config.timeoutSeconds * 1_000 - now().getTime();
    const ended = await withDeadline(leftMs, (signal) =>
      ask(asked, { isApproved, progress }, signal).catch((error: unknown): SimulatedEnd => {
        if (error instanceof TooCostly) return 'too costly';
        return signal.aborted ? 'late' : 'failed';
      }),
    );
    progress.stop();
    const settling = status.settle([ENDED]);
    await endedWithin(times.headlineMs, settling, output);
    if (ended === 'answered')
      await postMessage([ENDED], { channel, threadTs }, output, {
        mark: { request: id, part: 'answer' },
        since: askedAt,
      });
    const shownMs = elapsedMs();
    await settling;
    return { end: ended, shownMs };
  }

  return {
    count: () => share.job.run(stopping),
    async answer(asked, isApproved) {
      const leave = places.take(asked);
      if (leave === undefined) return { end: 'refused', shownMs: elapsedMs() };
      try {
        return await show(asked, isApproved);
      } finally {
        leave();
      }
    },
  };
}

/** What messages say changes nothing here. */
const [WORKING, ENDED] = [noteMessage('Looking for the files'), noteMessage('The end')];

const SILENT = { info() {}, warn() {}, error() {} };

const NOTHING_CHEAPER = async () => ({ lines: [], sameForOneInterface: false });

function scanOf(bytes: number): Scan {
  return {
    source: { name: 'fl-simulated', region: 'us-east-1', fields: [] },
    tables: [],
    objects: [{ key: 'simulated.log.gz', bytes, slot: undefined }],
    unread: [],
    notes: [],
    storedRange: undefined,
  };
}
