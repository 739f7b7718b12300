import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../slack/free-port.ts';
import { startRunningApp } from '../support/running-app.ts';
import { openBenchAccount } from './account/bench-account.ts';
import { OWN_LOGS } from './account/organisation.ts';
import { startBenchSlack, workspaceSettings } from './bench-slack.ts';
import type { Figure } from './figure.ts';
import { memoryFigure, memoryOf } from './memory.ts';

const IDLE_MS = 8_000;
const HOUR_SECONDS = 3_600;

/** What the app of a workspace holds that was not asked anything, over the sample network and over an account. */
export async function idleWorkspaceFigures(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-bench-idle-'));
  const fromSeconds = (Math.floor(Date.now() / 1_000 / HOUR_SECONDS) - 2) * HOUR_SECONDS;
  const account = await openBenchAccount({
    ...{ folder, logs: OWN_LOGS, files: 12, recordsAFile: 100, fromSeconds },
  });
  const slack = await startBenchSlack();
  const idle = async (figure: string, settings: Readonly<Record<string, string>>) => {
    const inWorkspace = workspaceSettings(slack, await freePort());
    const app = await startRunningApp({ ...inWorkspace, ...settings }, /"ready"/);
    await sleep(IDLE_MS);
    const residentMb = await memoryOf(app.process.pid, 'VmRSS');
    await app.stop();
    return memoryFigure(figure, residentMb, '');
  };
  try {
    return [
      await idle('memory, idle in a workspace, sample network', {}),
      await idle('memory, idle in a workspace, account of AWS', {
        ...account.environment,
        ...{ AWS_ACCESS_KEY_ID: 'AKIDOFTHETESTS', AWS_SECRET_ACCESS_KEY: 'secret' },
      }),
    ];
  } finally {
    slack.stop();
    await account.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
