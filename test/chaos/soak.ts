import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../src/playground/aws/random.ts';
import type { RunningApp } from '../support/running-app.ts';
import { isWorkedOn, runLoad } from './load.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly perSecond: number;
  readonly random: Random;
  readonly progress?: (sample: SoakSample) => void;
}

/** What the app holds at one moment. */
interface SoakSample {
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
export async function runSoak({ minutes, perSecond, random, progress }: SoakOptions): Promise<SoakResult> {
  const samples: SoakSample[] = [];
  const observe = (app: RunningApp) => {
    const look = () => {
      const sample = sampleOf(app);
      samples.push(sample);
      if (samples.length % 15 === 0) progress?.(sample);
    };
    const timer = setInterval(look, EVERY_MS);
    return () => {
      clearInterval(timer);
      look();
    };
  };
  const { sent, slack } = await runLoad({ seconds: minutes * 60, perSecond, random, observe });
  const questions = sent.filter(({ kind }) => kind === 'question').length;
  const hanging = slack.messages.filter(({ text }) => isWorkedOn(text)).length;
  return { commands: sent.length, questions, hanging, ...changesOf(samples, questions) };
}

function sampleOf({ process: { pid }, stateFolder }: RunningApp): SoakSample {
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

function changesOf(samples: readonly SoakSample[], questions: number) {
  const [half, quarter] = [Math.floor(samples.length / 2), Math.floor(samples.length / 4)];
  const third = meanMb(samples.slice(half, half + quarter));
  const last = meanMb(samples.slice(-quarter));
  const most = (some: readonly SoakSample[]) => Math.max(...some.map(({ descriptors }) => descriptors));
  const grown = (samples.at(-1)?.stateBytes ?? 0) - (samples[0]?.stateBytes ?? 0);
  return {
    residentMb: [third, last] as const,
    residentPercent: Math.round((1_000 * (last - third)) / third) / 10,
    descriptors: [most(samples.slice(0, half)), most(samples.slice(half))] as const,
    temporaryFiles: samples.at(-1)?.temporaryFiles ?? 0,
    stateBytesAQuestion: Math.round(grown / Math.max(1, questions)),
  };
}

function meanMb(samples: readonly SoakSample[]): number {
  const sum = samples.reduce((total, { residentBytes }) => total + residentBytes, 0);
  return Math.round(sum / Math.max(1, samples.length) / 1e6);
}
