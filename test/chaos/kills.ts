import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/playground/aws/random.ts';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';
import { type AthenaAccount, openAthenaAccount } from './account/athena-account.ts';
import {
  type Asked,
  allRowsButton,
  ask,
  CHANNEL,
  kindOf,
  makeFlaky,
  pressAllRows,
  startApp,
  startWorkspace,
} from './asked-questions.ts';
import { type Billed, billedFor, executionsFor } from './executions.ts';
import { AIMS, type Aim, called, isOfUpload, MOMENTS, momentOf, until } from './moments.ts';
import { count, look, type Shown, sayOdd, settled } from './shown.ts';

export interface KillsOptions {
  /** How often the app is killed. */
  readonly runs: number;
  readonly random: Random;
  /** What answers: DuckDB in the app, or Athena in an account that outlives it. */
  readonly engine: 'embedded' | 'Athena';
  /** Whether Slack lets the app look which of its messages were posted. */
  readonly mayLook: boolean;
  /** The database of the stores; a file in the state folder when left out. */
  readonly databaseUrl?: string | undefined;
  readonly progress?: (run: number) => void;
}

/** What became of all questions that were acknowledged, and where they were when the app was killed. */
export interface KillsResult {
  readonly kills: number;
  readonly questions: number;
  readonly shown: Shown;
  /** Left out where nothing is billed. */
  readonly billed?: Billed;
  /** How many questions were at each of `MOMENTS` when the app was killed. */
  readonly moments: ReadonlyMap<string, number>;
  /** How often nothing was owed. */
  readonly idle: number;
  /** Questions that were acknowledged after their people were told why they are not answered. */
  readonly refused: number;
}

/** What is asked in one life of the app, and when that ends: all that is left to chance. */
interface Life {
  readonly questions: readonly {
    readonly kind: 'command' | 'mention';
    readonly isLong: boolean;
    readonly pauseMs: number;
  }[];
  readonly wantsRows: boolean;
  /** Undefined where the app is killed at any moment. */
  readonly aim: Aim | undefined;
  readonly restMs: number;
}

/** Where the app lives, and what was asked of it. */
interface World {
  readonly playground: SlackPlayground;
  readonly account: AthenaAccount | undefined;
  /** What was acknowledged. */
  readonly owed: Asked[];
  /** Presses of buttons, acknowledged or not. */
  readonly pressed: Asked[];
  /** Of all questions that were typed, acknowledged or not. */
  readonly ports: number[];
  /** Why questions were refused before they were acknowledged. */
  readonly refusals: string[];
}

/**
 * Kills the app again and again while it answers, with a Slack that is 15 to 75 ms away, breaks connections before and after
 * a call, and has faults; then lets it finish, and counts.
 */
export async function runKills(options: KillsOptions): Promise<KillsResult> {
  const { runs, random, engine, mayLook, databaseUrl, progress } = options;
  const stateFolder = await mkdtemp(join(tmpdir(), 'flowlog-chaos-'));
  const account = engine === 'Athena' ? await openAthenaAccount() : undefined;
  const playground = await startWorkspace(mayLook);
  const world: World = { playground, account, owed: [], pressed: [], ports: [], refusals: [] };
  const start = () => startApp(playground, { stateFolder, databaseUrl, environment: account?.environment });
  const moments = new Map<string, number>();
  let idle = 0;
  try {
    for (let run = 0; run < runs; run += 1) {
      makeFlaky(playground, random);
      await account?.prepare(random, FIRST_LONG_PORT + run);
      const life = account === undefined ? anyLife(random) : lifeOverAthena(random);
      const app = await start();
      const asking = askFor(life, run, world, () => app.isAlive());
      await endOf(life, asking, world);
      const open = openMoments(world);
      for (const moment of open) moments.set(moment, (moments.get(moment) ?? 0) + 1);
      if (open.length === 0) idle += 1;
      await app.kill();
      await asking;
      progress?.(run + 1);
    }
    playground.faults.clear();
    const app = await start();
    await settled(playground, world.owed, { pressed: world.pressed, mayLook });
    sayOddAndRefused(world);
    await app.kill();
    const { owed, pressed, ports, refusals } = world;
    return {
      ...{ kills: runs, questions: owed.length, moments, idle, refused: refusals.length },
      shown: count(playground, owed, pressed),
      ...(account && { billed: billedFor(account, ports, pressed) }),
    };
  } finally {
    await playground.stop();
    await account?.stop();
    await rm(stateFolder, { recursive: true, force: true });
  }
}

/** Says which questions were refused, lost or answered twice, and what their people alone read. */
function sayOddAndRefused({ playground, owed, pressed, refusals }: World): void {
  for (const refusal of refusals) console.error(`Refused: ${refusal}`);
  sayOdd(playground, owed, pressed);
  const alone = playground.messages(CHANNEL).filter(({ onlyFor }) => onlyFor !== undefined);
  for (const { ts, text } of alone) console.error(`Said to one person at ${ts}: ${text}`);
}

/** Ports of questions with few rows, or none, and of those with so many that they are wanted as a file. */
const FIRST_PORT = 10_000;
const FIRST_LONG_PORT = 40_000;

/** All is asked before the app is killed. */
function anyLife(random: Random): Life {
  const questions = Array.from({ length: random.whole(1, 3) }, () => ({
    kind: kindOf(random),
    isLong: false,
    pauseMs: random.whole(0, 150),
  }));
  return { questions, wantsRows: false, aim: undefined, restMs: random.whole(0, 1_500) };
}

/** The app is killed at any moment, or right after a call, also while it is asked. */
function lifeOverAthena(random: Random): Life {
  const aim = random.chance(0.25) ? undefined : random.pick(AIMS);
  const wantsRows = (aim !== undefined && isOfUpload(aim)) || random.chance(0.3);
  const questions = anyLife(random).questions.slice(0, 2);
  const isLong = wantsRows || random.chance(0.3);
  return {
    questions: questions.map((question, nth) => ({ ...question, isLong: isLong && nth === 0 })),
    wantsRows,
    aim,
    restMs: aim === undefined ? random.whole(0, 2_500) : random.whole(0, 40),
  };
}

/** Asks, one question of many rows in a life at most; of one that was answered all rows, where that is wanted. */
async function askFor(life: Life, run: number, world: World, isAlive: () => boolean): Promise<void> {
  const { playground, owed, ports, refusals } = world;
  for (const { kind, isLong, pauseMs } of life.questions) {
    if (!isAlive()) return;
    const port = isLong ? FIRST_LONG_PORT + run : FIRST_PORT + ports.length;
    ports.push(port);
    const question = await ask(playground, port, kind);
    if (question !== undefined) {
      if ('refusal' in question) refusals.push(question.refusal);
      else owed.push(question);
    }
    await sleep(pauseMs);
  }
  if (life.wantsRows) await askForRows(world, isAlive);
}

async function askForRows({ playground, owed, pressed }: World, isAlive: () => boolean): Promise<void> {
  const find = () => {
    if (!isAlive()) return 'too late';
    const isNew = ({ port }: Asked) =>
      port >= FIRST_LONG_PORT && pressed.every((press) => press.port !== port);
    return owed.filter(isNew).flatMap((question) => allRowsButton(playground, question) ?? [])[0];
  };
  const button = await until(find, 50);
  if (button === undefined || button === 'too late') return;
  const asked = { ...button.asked, askedMs: Date.now() };
  pressed.push(asked);
  if (await pressAllRows(playground, button)) owed.push(asked);
}

/** Waits until the app is to be killed. */
async function endOf({ aim, restMs }: Life, asking: Promise<void>, world: World): Promise<void> {
  const { playground, account } = world;
  if (account === undefined) await asking;
  else if (aim !== undefined) await called(aim, new Date(), { playground, account });
  await sleep(restMs);
}

/** Where the questions are of which something is still to come. */
function openMoments({ playground, account, owed, pressed }: World): readonly string[] {
  const seen = look(playground, owed, pressed);
  return [...seen].flatMap(([question, messages]) => {
    const own = account && executionsFor(question, account, pressed);
    return momentOf(question, messages, own) ?? [];
  });
}

/** The counts by name, in the order in which they are printed. */
export function figuresOf({ kills, questions, shown, billed, moments, idle, refused }: KillsResult): Figures {
  const { lost, twice, orphans, failed, halves, filesAgain } = shown;
  return {
    ...{ kills, questions, lost, twice, orphans },
    'statements started twice': billed?.startedTwice,
    executions: billed?.executions,
    'bytes billed': billed?.billedBytes,
    'bytes of one each': billed?.bytesOfOneEach,
    failed,
    'refused in words': refused,
    'findings without a table': halves,
    'files attached again': filesAgain,
    ...Object.fromEntries(MOMENTS.map((moment) => [`killed ${moment}`, moments.get(moment) ?? 0])),
    'killed when nothing was owed': idle,
  };
}

/** Undefined for what an engine does not have. */
export type Figures = Readonly<Record<string, number | undefined>>;
