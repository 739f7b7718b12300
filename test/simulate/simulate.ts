import { type Config, readConfig } from '../../src/app/config.ts';
import { catalog } from '../../src/catalog/index.ts';
import { athenaDollars } from '../../src/core/answer/cost.ts';
import type { Reserving } from '../../src/core/answer/store.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import type { Question } from '../../src/core/query/question.ts';
import { createRandom } from '../../src/playground/aws/random.ts';
import { askedLoad, type SimulatedQuestion } from './asked-load.ts';
import { createAthenaAccount } from './athena-account.ts';
import { createSimulatedProcess, type SimulatedEnd } from './simulated-process.ts';
import { createSlackWorkspace } from './slack-workspace.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** A day of so many teams, answered by so many processes, within a limit of dollars for all. */
export interface SimulatedDay {
  readonly teams: number;
  readonly processes: number;
  readonly dollarsADay: number;
}

/** What became of the questions of a day. */
export interface DayResult extends SimulatedDay {
  readonly questions: number;
  readonly ends: Readonly<Record<SimulatedEnd, number>>;
  /** From when each answered question was asked to when its answer was shown, the shortest first. */
  readonly waitedSeconds: readonly number[];
  readonly dollars: number;
  /** Calls that Slack refused with HTTP 429. */
  readonly slackRefused: number;
  /** Calls that Athena refused because of a rate, or of its quota of active queries. */
  readonly athenaRefused: number;
}

const DAY_BEGINS = new Date('2026-11-24T00:00Z');
const REGION = 'us-east-1';

/** Who reads that a question costs more than a limit says yes half a minute later. */
const APPROVED_AFTER_MS = 30_000;

/** Simulates a day: the same for the same seed, and the same questions for one process as for ten. */
export async function simulateDay(day: SimulatedDay, seed: string): Promise<DayResult> {
  const { teams, processes, dollarsADay } = day;
  const randomOf = (what: string) => createRandom('simulate', seed, teams, processes, what);
  const clock = createVirtualClock(DAY_BEGINS);
  const slack = createSlackWorkspace(clock, randomOf('Slack'));
  const athena = createAthenaAccount(clock, randomOf('Athena'));
  const config = readConfig({ FLOWLOG_DOLLARS_A_DAY: `${dollarsADay}` });
  const ledger = createLedger();
  const questions = { usual: questionOf(USUAL_LINE), approved: questionOf(`${USUAL_LINE} spend=1000`) };
  const shared = { clock, slack, athena, processes, config, questions, reserving: ledger.reserving };
  const all = Array.from({ length: processes }, (_, index) =>
    createSimulatedProcess({ ...shared, random: randomOf(`process ${index}`) }),
  );
  await Promise.all(all.map((each) => each.count()));
  const delivery = randomOf('delivery');
  const ends = { answered: 0, refused: 0, 'too costly': 0, late: 0, failed: 0 };
  const waited: number[] = [];

  async function ask(question: SimulatedQuestion, isApproved = false): Promise<void> {
    const askedMs = clock.elapsedMs();
    const { end, shownMs } = await delivery.pick(all).answer(question, isApproved);
    ends[end] += 1;
    if (end === 'answered') waited.push((shownMs - askedMs) / 1_000);
    ledger.end(question.id, end === 'answered' ? dollarsOf(question.bytes, config) : 0);
    if (end !== 'too costly') return;
    await clock.sleep(APPROVED_AFTER_MS);
    await ask({ ...question, id: `${question.id}-approved` }, true);
  }

  const asked = askedLoad(teams, createRandom('simulate', seed, teams, 'asked'));
  for (const question of asked) clock.at(question.askedMs, () => void ask(question));
  await clock.run();
  return {
    ...day,
    questions: asked.length,
    ends,
    waitedSeconds: waited.toSorted((a, b) => a - b),
    dollars: athena.scannedBytes().reduce((sum, bytes) => sum + dollarsOf(bytes, config), 0),
    slackRefused: slack.refused(),
    athenaRefused: athena.refused(),
  };
}

function dollarsOf(bytes: number, { dollarsPerTb }: Config): number {
  return athenaDollars(bytes, REGION, { dollarsPerTb, regions: {} });
}

/** Which question it is changes nothing here: what it reads is said elsewhere. */
const USUAL_LINE = 'top-talkers last 1h';

function questionOf(line: string): Question {
  const longestWindowSeconds = 7 * 86_400;
  const understood = readRequest(line, { catalog, now: DAY_BEGINS, zone: 'UTC', longestWindowSeconds });
  if (!('query' in understood)) throw new RangeError(`${line} is no question`);
  return understood;
}

/** What the store of all processes does for budgets, in memory. */
interface Ledger {
  readonly reserving: Reserving;
  /** A question ended, and this was billed for it. */
  end(id: string, dollars: number): void;
}

function createLedger(): Ledger {
  const aside = new Map<string, number>();
  let [spent, allAside] = [0, 0];
  const forget = (id: string) => {
    allAside -= aside.get(id) ?? 0;
    aside.delete(id);
  };
  return {
    reserving: {
      // Each question opens a thread of its own, so that no thread comes to its limit.
      async setAside(id, { dollars, limits }) {
        if (limits !== undefined && spent + allAside + dollars > limits.day) return 'day';
        if (id === undefined) return 'set-aside';
        forget(id);
        aside.set(id, dollars);
        allAside += dollars;
        return 'set-aside';
      },
    },
    end(id, dollars) {
      forget(id);
      spent += dollars;
    },
  };
}
