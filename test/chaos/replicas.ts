import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/playground/aws/random.ts';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';
import type { RunningApp } from '../support/running-app.ts';
import { type Asked, ask, kindOf, makeFlaky, startApp, startWorkspace } from './asked-questions.ts';
import { count, isAnswered, look, type Shown, sayOdd, settled } from './shown.ts';

export interface ReplicasOptions {
  /** How often one of the processes is killed, or stands still for longer than its lease. */
  readonly rounds: number;
  readonly random: Random;
  /** The database of the stores; one file for all processes when left out. */
  readonly databaseUrl?: string | undefined;
  readonly progress?: (round: number) => void;
}

/** What became of the questions that the processes acknowledged. */
export interface ReplicasResult extends Shown {
  readonly kills: number;
  readonly pauses: number;
  readonly questions: number;
  /** The longest time from the loss of a process to an answer that it owed, in seconds. */
  readonly takeover: number;
}

const PROCESSES = 3;
/** Longer than a lease and the look for those that are over. */
const PAUSE_MS = 32_000;

/**
 * Three processes on one store and in one workspace: in each round one of them is killed, or stopped for longer than its
 * lease, while questions come; the other two go on. Only what was acknowledged counts.
 */
export async function runReplicas(options: ReplicasOptions): Promise<ReplicasResult> {
  const { rounds, random, databaseUrl, progress } = options;
  const playground = await startWorkspace(true);
  const root = await mkdtemp(join(tmpdir(), 'flowlog-replicas-'));
  const placeOf = (index: number) => ({
    stateFolder: join(root, databaseUrl === undefined ? 'one' : String(index)),
    databaseUrl,
  });
  const apps: RunningApp[] = [];
  const asked: Asked[] = [];
  const watch = watchAnswers(playground, asked);
  let [kills, pauses] = [0, 0];
  try {
    for (let index = 0; index < PROCESSES; index += 1) apps.push(await startApp(playground, placeOf(index)));
    for (let round = 0; round < rounds; round += 1) {
      makeFlaky(playground, random);
      await askSome(playground, asked, random);
      const index = random.whole(0, PROCESSES - 1);
      const lost = apps[index];
      if (lost === undefined) throw new RangeError('there is no such process');
      watch.lost();
      if (random.chance(0.5)) {
        kills += 1;
        await lost.kill();
        await askSome(playground, asked, random);
        await watch.answered();
        apps[index] = await startApp(playground, placeOf(index));
      } else {
        pauses += 1;
        lost.process.kill('SIGSTOP');
        await sleep(PAUSE_MS);
        await watch.answered();
        lost.process.kill('SIGCONT');
      }
      progress?.(round + 1);
    }
    playground.faults.clear();
    await settled(playground, asked);
    sayOdd(playground, asked, []);
    const seen = count(playground, asked);
    return { kills, pauses, questions: asked.length, ...seen, takeover: watch.slowestSeconds() };
  } finally {
    watch.end();
    for (const app of apps) if (app.isAlive()) await app.kill();
    await playground.stop();
    await rm(root, { recursive: true, force: true });
  }
}

async function askSome(playground: SlackPlayground, asked: Asked[], random: Random): Promise<void> {
  for (let nth = random.whole(2, 6); nth > 0; nth -= 1) {
    const question = await ask(playground, 10_000 + asked.length, kindOf(random));
    if (question !== undefined && !('refusal' in question)) asked.push(question);
    await sleep(random.whole(0, 100));
  }
}

/** So long the rest of the answers of a round may take. */
const ROUND_MS = 60_000;

/** Looks when answers appear, and how long after the loss of a process the last one did that was asked before. */
function watchAnswers(playground: SlackPlayground, asked: readonly Asked[]) {
  let owed: readonly Asked[] = [];
  let lostMs = 0;
  let slowestMs = 0;
  const unanswered = (some: readonly Asked[]) =>
    [...look(playground, some, [])].flatMap(([question, seen]) => (isAnswered(seen) ? [] : [question]));
  const timer = setInterval(() => {
    const open = unanswered(owed);
    if (open.length < owed.length) slowestMs = Math.max(slowestMs, Date.now() - lostMs);
    owed = open;
  }, 100);
  return {
    lost() {
      lostMs = Date.now();
      owed = unanswered(asked);
    },
    async answered() {
      const untilMs = Date.now() + ROUND_MS;
      while (owed.length > 0 && Date.now() < untilMs) await sleep(100);
    },
    slowestSeconds: () => Math.round(slowestMs / 100) / 10,
    end: () => clearInterval(timer),
  };
}
