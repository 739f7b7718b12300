import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Random } from '../../src/playground/aws/random.ts';
import type { RunningApp } from '../support/running-app.ts';
import { isWorkedOn, runLoad } from './load.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly perSecond: number;
  readonly random: Random;
  /** The database of the stores; a file in the state folder when left out. */
  readonly databaseUrl?: string | undefined;
  readonly progress?: (sample: SoakSample) => void;
}

/** What the app holds at one moment. */
export interface SoakSample {
  /** Memory that the process has, in bytes. */
  readonly residentBytes: number;
  /** Open files and sockets. */
  readonly descriptors: number;
  /** Files of answers and of the engine that are there for a moment. */
  readonly temporaryFiles: number;
  /** Of the store, in bytes. */
  readonly stateBytes: number;
}

/** How what the app holds changed while it was asked steadily. */
export interface SoakResult {
  readonly commands: number;
  readonly questions: number;
  readonly hanging: number;
  /** In megabytes: the mean of the third and of the last quarter, and by how much of a hundred they differ. */
  readonly residentMb: readonly [number, number];
  readonly residentPercent: number;
  /** The most in the first half and in the last. */
  readonly descriptors: readonly [number, number];
  /** At the end, when nothing is worked on. */
  readonly temporaryFiles: number;
  /** What a question adds to the store, in bytes. */
  readonly stateBytesAQuestion: number;
}

const EVERY_MS = 2_000;

/** Asks a real app steadily for some minutes, and looks what it holds meanwhile. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const { minutes, perSecond, random, databaseUrl, progress } = options;
  const samples: SoakSample[] = [];
  const state: number[] = [];
  const observe = (app: RunningApp) => {
    const look = () => {
      const sample = sampleOf(app.process.pid ?? 0, app.stateFolder);
      samples.push(sample);
      if (samples.length % 15 === 0) progress?.(sample);
    };
    const timer = setInterval(look, EVERY_MS);
    return () => {
      clearInterval(timer);
      look();
    };
  };
  if (databaseUrl !== undefined) state.push(await databaseBytes(databaseUrl));
  const load = { seconds: minutes * 60, perSecond, random, databaseUrl };
  const { sent, slack } = await runLoad({ ...load, observe });
  if (databaseUrl !== undefined) state.push(await databaseBytes(databaseUrl));
  else state.push(samples[0]?.stateBytes ?? 0, samples.at(-1)?.stateBytes ?? 0);
  const questions = sent.filter(({ kind }) => kind === 'question').length;
  const hanging = slack.messages.filter(({ text }) => isWorkedOn(text)).length;
  return {
    commands: sent.length,
    questions,
    hanging,
    ...changesOf(samples),
    stateBytesAQuestion: aQuestion(state, questions),
  };
}

/** What a process holds; the state is looked for in its folder. */
export function sampleOf(pid: number, stateFolder: string): SoakSample {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return {
    residentBytes: Number(kilobytes) * 1_024,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    temporaryFiles: filesIn(stateFolder, ['csv', 'spill']).length,
    stateBytes: readdirSync(stateFolder)
      .filter((name) => name.startsWith('state.db'))
      .reduce((sum, name) => sum + statSync(join(stateFolder, name)).size, 0),
  };
}

/** Files in some folders of the state, some of which may not be there yet. */
function filesIn(stateFolder: string, folders: readonly string[]): readonly string[] {
  const there = readdirSync(stateFolder).filter((name) => folders.includes(name));
  return there.flatMap((name) =>
    readdirSync(join(stateFolder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name),
  );
}

function changesOf(samples: readonly SoakSample[]) {
  const [half, quarter] = [Math.floor(samples.length / 2), Math.floor(samples.length / 4)];
  const third = meanMb(samples.slice(half, half + quarter));
  const last = meanMb(samples.slice(-quarter));
  const most = (some: readonly SoakSample[]) => Math.max(...some.map(({ descriptors }) => descriptors));
  return {
    residentMb: [third, last] as const,
    residentPercent: Math.round((1_000 * (last - third)) / third) / 10,
    descriptors: [most(samples.slice(0, half)), most(samples.slice(half))] as const,
    temporaryFiles: samples.at(-1)?.temporaryFiles ?? 0,
  };
}

/** How large all tables and indexes of the database are, in bytes. */
async function databaseBytes(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT pg_database_size(current_database()) AS bytes');
    return Number(rows[0].bytes);
  } finally {
    await client.end();
  }
}

/** What each question added between the first size and the last. */
function aQuestion(sizes: readonly number[], questions: number): number {
  return Math.round(((sizes.at(-1) ?? 0) - (sizes[0] ?? 0)) / Math.max(1, questions));
}

function meanMb(samples: readonly SoakSample[]): number {
  const sum = samples.reduce((total, { residentBytes }) => total + residentBytes, 0);
  return Math.round(sum / Math.max(1, samples.length) / 1e6);
}
