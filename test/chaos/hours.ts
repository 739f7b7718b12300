import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SoakSample } from './soak.ts';

export interface HoursOptions {
  /** So much time passes for the app; what it remembers gets too old in a quarter of that. */
  readonly hours: number;
  readonly questions: number;
  readonly seed: string;
  readonly progress?: (sample: HoursSample) => void;
}

/** What the app holds after so many questions, when nothing is worked on and all that can be collected is. */
export interface HoursSample {
  readonly questions: number;
  readonly held: SoakSample;
  /** Of JavaScript, with its buffers. */
  readonly heapBytes: number;
  /** Of all maps and sets together. */
  readonly mapEntries: number;
  /** Of the tables that grow with questions. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface HoursResult {
  readonly samples: readonly HoursSample[];
  /** When all that was asked is older than it is remembered. */
  readonly last: HoursSample;
  /** Lines of the log about faults. */
  readonly faults: readonly string[];
  readonly seconds: number;
}

/** A disk confirms each write of SQLite, which takes longer than all else; this one is memory. */
const MEMORY_DISK = '/dev/shm';

/** Lets the app answer so many questions in a process of its own, and looks what it holds meanwhile. */
export async function runHours({ hours, questions, seed, progress }: HoursOptions): Promise<HoursResult> {
  const root = await mkdtemp(join(existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir(), 'flowlog-hours-'));
  const log = join(root, 'log');
  const samples: HoursSample[] = [];
  const startedMs = performance.now();
  const app = fork(
    new URL('hours-app.ts', import.meta.url),
    [join(root, 'state'), String(hours), String(questions), seed],
    {
      // Node.js warns that its clock of tests is an experiment, in the log that is searched for faults.
      execArgv: [...process.execArgv, '--expose-gc', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', openSync(log, 'a'), 'ipc'],
    },
  );
  const ended = once(app, 'exit');
  app.on('message', (sample: HoursSample) => {
    samples.push(sample);
    progress?.(sample);
  });
  try {
    await Promise.race([once(app, 'disconnect'), ended]);
    app.kill('SIGTERM');
    const [code] = await ended;
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    const last = samples.pop();
    if (code !== 0 || last === undefined) throw new Error(`the app ended: ${lines.slice(-10).join('\n')}`);
    const faults = lines.filter((line) => !line.startsWith('{') || /"level":[56]0/.test(line));
    return { samples, last, faults, seconds: Math.round((performance.now() - startedMs) / 1_000) };
  } finally {
    app.kill('SIGKILL');
    await rm(root, { recursive: true, force: true });
  }
}

/** By how much the last quarter may be above the one before, of a hundred. */
const FLAT_PERCENT = 10;

/** How what the app holds changed over the last half of the questions, in percent of what it held before. */
export function growthOf(samples: readonly HoursSample[]): Readonly<Record<string, number>> {
  const [half, quarter] = [Math.floor(samples.length / 2), Math.floor(samples.length / 4)];
  const growth = (of: (sample: HoursSample) => number) => {
    const mean = (some: readonly HoursSample[]) =>
      some.reduce((sum, sample) => sum + of(sample), 0) / Math.max(1, some.length);
    const before = mean(samples.slice(half, half + quarter));
    return Math.round((1_000 * (mean(samples.slice(-quarter)) - before)) / before) / 10;
  };
  return {
    heap: growth(({ heapBytes }) => heapBytes),
    resident: growth(({ held }) => held.residentBytes),
    mapEntries: growth(({ mapEntries }) => mapEntries),
    descriptors: growth(({ held }) => held.descriptors),
    state: growth(({ held }) => held.stateBytes),
  };
}

/** The promises that were not kept, in words. */
export function brokenOverHours({ samples, last, faults }: HoursResult): readonly string[] {
  const { question = 0, scan = 0, operation = 0 } = last.rows;
  const grown = Object.entries(growthOf(samples)).filter(([, percent]) => percent > FLAT_PERCENT);
  const left = question + scan + operation;
  return [
    ...grown.map(([what, percent]) => `${what} grew by ${percent} % over the last half`),
    ...(left > 0 ? [`${left} rows were too old and stayed: ${JSON.stringify(last.rows)}`] : []),
    ...(last.held.temporaryFiles > 0 ? [`${last.held.temporaryFiles} temporary files stayed`] : []),
    ...(faults.length > 0 ? [`the log has ${faults.length} faults: ${faults[0]?.slice(0, 500)}`] : []),
  ];
}
