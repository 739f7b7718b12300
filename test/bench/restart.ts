import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openState } from '../../src/app/open-store.ts';
import { NOTHING_SPENT } from '../../src/core/answer/store.ts';
import { freePort } from '../slack/free-port.ts';
import { startRunningApp } from '../support/running-app.ts';
import { startBenchSlack, workspaceSettings } from './bench-slack.ts';
import { type Figure, medianOf, shownMs } from './figure.ts';
import type { BenchLake } from './kept-slots.ts';

const PAST = 10_000;
const RUNS = 3;
const MINUTE_MS = 60_000;

/** From the kill of an app in a workspace to the next one that says that it is ready, beside one that has no past. */
export async function restartFigure({ folder }: Pick<BenchLake, 'folder'>): Promise<Figure> {
  const stateFolder = join(folder, 'restarting');
  await fillState(stateFolder);
  const slack = await startBenchSlack();
  const settings = workspaceSettings(slack, await freePort());
  const restarted = async (state: string) => {
    const app = await startRunningApp(settings, /"ready"/, state);
    let next = app;
    // What the system keeps of the program's files is there each time.
    const ms = await medianOf(RUNS, async () => {
      await next.kill();
      next = await startRunningApp(settings, /"ready"/, state);
    });
    await next.kill();
    return ms;
  };
  try {
    const withPast = await restarted(stateFolder);
    const without = await restarted(join(folder, 'restarting-empty'));
    return {
      figure: `kill -9 → ready, with ${PAST} past questions`,
      measured: shownMs(withPast),
      beside: `with none: ${shownMs(without)}`,
      ratio: withPast / without,
      toReach: '≤ 1 s',
    };
  } finally {
    slack.stop();
  }
}

/** Questions that were asked and answered, one a minute until now. */
async function fillState(stateFolder: string): Promise<void> {
  const now = Date.now();
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  const { store, close } = await openState(
    { stateFolder, databaseUrl: undefined },
    'bench',
    () => new Date(),
  );
  for (let nth = 0; nth < PAST; nth += 1) {
    const askedAt = new Date(now - (PAST - nth) * MINUTE_MS);
    const id = `past-${nth}`;
    const line = `to 10.0.${nth % 200}.9 port=443 since 2026-11-28T10:00Z until 2026-11-28T11:00Z`;
    const whose = {
      person: `U${nth % 50}`,
      zone: 'UTC',
      place: '{}',
      channel: `C${nth % 20}`,
      thread: `C/${nth}`,
    };
    await store.begin({ id, line, ...whose, askedAt });
    await store.finish(id, { ...NOTHING_SPENT, outcome: 'answered', rows: 7, finishedAt: askedAt });
  }
  await close();
}
