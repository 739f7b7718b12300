import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { logFileKey, logFileText, type Timeline } from './log-file.ts';
import { writeWhole } from './write-whole.ts';

const compress = promisify(gzip);

/** Compression runs on Node's four worker threads; more at once would only wait in memory. */
const FILES_AT_ONCE = 4;

/** From the first minute up to, and without, the last; none when the first is later. */
export function minutesBetween(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

/** Writes the file of each minute. */
export async function writeMinutes(
  folder: string,
  timeline: Timeline,
  minutes: readonly number[],
): Promise<void> {
  for (let first = 0; first < minutes.length; first += FILES_AT_ONCE) {
    const together = minutes.slice(first, first + FILES_AT_ONCE);
    await Promise.all(together.map((minute) => writeMinute(folder, timeline, minute)));
  }
}

/** Removes the file of each minute, if it is there. */
export async function removeMinutes(
  folder: string,
  timeline: Timeline,
  minutes: readonly number[],
): Promise<void> {
  await Promise.all(
    minutes.map((minute) => rm(path.join(folder, logFileKey(timeline, minute)), { force: true })),
  );
}

async function writeMinute(folder: string, timeline: Timeline, minute: number): Promise<void> {
  const content = await compress(logFileText(timeline, minute));
  await writeWhole(path.join(folder, logFileKey(timeline, minute)), content);
}
