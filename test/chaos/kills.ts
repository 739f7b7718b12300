import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/playground/aws/random.ts';
import {
  type Asked,
  ask,
  count,
  makeFlaky,
  type Shown,
  settled,
  startApp,
  startWorkspace,
} from './asked-questions.ts';

export interface KillsOptions {
  /** How often the app is killed. */
  readonly runs: number;
  readonly random: Random;
  /** Whether Slack lets the app look which of its messages were posted. */
  readonly mayLook: boolean;
  /** The database of the stores; a file in the state folder when left out. */
  readonly databaseUrl?: string | undefined;
  readonly progress?: (run: number) => void;
}

/** What became of all questions that were acknowledged. */
export interface KillsResult extends Shown {
  readonly kills: number;
  readonly questions: number;
}

/**
 * Kills the app again and again while it answers, with a Slack that is 15 to 75 ms away, breaks connections before and after
 * a call, and has faults; then lets it finish, and counts.
 */
export async function runKills(options: KillsOptions): Promise<KillsResult> {
  const { runs, random, mayLook, databaseUrl, progress } = options;
  const playground = await startWorkspace(mayLook);
  const stateFolder = await mkdtemp(join(tmpdir(), 'flowlog-chaos-'));
  const asked: Asked[] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      makeFlaky(playground, random);
      const app = await startApp(playground, stateFolder, databaseUrl);
      const amount = random.whole(1, 3);
      for (let nth = 0; nth < amount; nth += 1) {
        const question = await ask(playground, 10_000 + asked.length, random);
        if (question !== undefined) asked.push(question);
        await sleep(random.whole(0, 150));
      }
      await sleep(random.whole(0, 900));
      await app.kill();
      progress?.(run + 1);
    }
    playground.faults.clear();
    const app = await startApp(playground, stateFolder, databaseUrl);
    await settled(playground, asked);
    await app.kill();
    return { kills: runs, questions: asked.length, ...count(playground, asked) };
  } finally {
    await playground.stop();
    await rm(stateFolder, { recursive: true, force: true });
  }
}
