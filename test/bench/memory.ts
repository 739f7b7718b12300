import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from './figure.ts';
import type { BenchLake } from './kept-slots.ts';

/** What the embedded engine may use, in MB: the least that can be configured, and twice that. */
const [LEAST_MB, SCAN_MB] = [256, 512] as const;
/** What a process may hold in addition to that, in MB. */
const BESIDE_MB = 150;
const LOOK_EVERY_MS = 20;

/** What one line of the built command held at most, and what it printed. */
interface Peak {
  readonly residentMb: number;
  readonly lines: number;
}

/** The most memory of a long CSV, and of questions over the whole lake, as the system counts it of their processes. */
export async function memoryFigures(bench: BenchLake): Promise<readonly Figure[]> {
  if ((await memoryOf(process.pid, 'VmHWM')) === undefined) {
    console.warn('SKIPPED: this system does not say in /proc how much memory a process has held.');
    return [];
  }
  const { fromSeconds, files } = bench;
  const at = (seconds: number) => `${new Date(seconds * 1_000).toISOString().slice(0, 16)}Z`;
  const window = `since ${at(fromSeconds)} until ${at(fromSeconds + files * 300)} names=off`;
  const peak = (line: string, memoryMb: number, ...options: readonly string[]) =>
    peakOf([...options, `${line} ${window}`], settingsOf(bench, memoryMb));
  const bare = await peakOf(['help'], settingsOf(bench, LEAST_MB));
  const csv = await peak('records', LEAST_MB, '--csv', '--limit', '1000000');
  const figures = [
    figureOf(`CSV of ${csv.lines - 1} rows, \`FLOWLOG_MEMORY_MB=${LEAST_MB}\``, csv, bare, 400),
  ];
  for (const line of ['top-talkers', 'timeline', 'rejected']) {
    const figure = `\`${line}\` over ${files} files, \`FLOWLOG_MEMORY_MB=${SCAN_MB}\``;
    figures.push(figureOf(figure, await peak(line, SCAN_MB), bare, SCAN_MB + BESIDE_MB));
  }
  return figures;
}

function settingsOf({ lake, folder }: BenchLake, memoryMb: number) {
  return {
    FLOWLOG_LAKE: lake,
    FLOWLOG_STATE: join(folder, 'held'),
    FLOWLOG_MEMORY_MB: String(memoryMb),
    FLOWLOG_TIMEOUT_SECONDS: '600',
  };
}

async function peakOf(args: readonly string[], settings: Readonly<Record<string, string>>): Promise<Peak> {
  const child = spawn(process.execPath, ['dist/cli.js', ...args], {
    env: { PATH: process.env.PATH ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [lines, said, residentMb] = [0, '', 0];
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-1_000);
  });
  const ended = once(child, 'close');
  while (child.exitCode === null) {
    residentMb = Math.max(residentMb, (await memoryOf(child.pid, 'VmHWM')) ?? 0);
    await sleep(LOOK_EVERY_MS);
  }
  await ended;
  if (child.exitCode !== 0) throw new Error(`${args.join(' ')}: ${said}`);
  return { residentMb, lines };
}

/** In MB: what a process holds (`VmRSS`), or has held at most (`VmHWM`); undefined where the system does not say it. */
export async function memoryOf(
  pid: number | undefined,
  what: 'VmRSS' | 'VmHWM',
): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = new RegExp(String.raw`${what}:\s+(\d+)`).exec(status) ?? [];
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1_024) / 1_000_000;
}

function figureOf(figure: string, own: Peak, bare: Peak, mostMb: number): Figure {
  return {
    figure: `memory at most: ${figure}`,
    measured: `${own.residentMb.toFixed(0)} MB`,
    beside: `\`flowlog help\`: ${bare.residentMb.toFixed(0)} MB`,
    ratio: own.residentMb / bare.residentMb,
    toReach: `≤ ${mostMb} MB`,
  };
}

/** The figure of what a process holds, which Linux says and no other system. */
export function memoryFigure(figure: string, residentMb: number | undefined, toReach: string): Figure {
  const measured = residentMb === undefined ? 'not said here' : `${residentMb.toFixed(0)} MB`;
  return { figure, measured, beside: '', ratio: undefined, toReach };
}
