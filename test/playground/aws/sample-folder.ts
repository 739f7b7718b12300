import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createSampleLake } from '../../../src/playground/aws/sample-lake.ts';
import { sharedFolder as runFolder } from '../../support/shared-folder.ts';

/** The first start in these tests: shortly after midnight UTC, so that the history lies in two days' folders. */
export const FIRST_START = new Date('2026-03-05T01:17:30Z');
export const ANCHOR_SECONDS = Date.parse('2026-03-05T01:17:00Z') / 1000;

export const SEED = 7;

/** So many minutes after the first start. */
export function minutesLater(minutes: number): Date {
  return new Date(FIRST_START.getTime() + minutes * 60_000);
}

/** The files of the first start, made once for all tests that ask for them. */
let started: Promise<string> | undefined;

async function firstStart(): Promise<string> {
  const folder = await runFolder();
  await startAt(folder, FIRST_START);
  return folder;
}

/** An empty folder that goes away with the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flowlog-sample-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The folder after the first start, for tests that only read. */
export function sharedFolder(): Promise<string> {
  started ??= firstStart();
  return started;
}

/** A folder of the test's own, as the first start left it. */
export async function startedFolder(): Promise<string> {
  const folder = await emptyFolder();
  await cp(await sharedFolder(), folder, { recursive: true });
  return folder;
}

/** Starts the sample in a folder at an instant, as the app does. */
export async function startAt(folder: string, instant: Date, seed: number = SEED): Promise<void> {
  await createSampleLake({ folder, now: () => instant, seed }).prepare();
}
