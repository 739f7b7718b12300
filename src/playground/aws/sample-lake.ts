import pLimit from 'p-limit';
import {
  logFileKey,
  minutesBetween,
  ownFiles,
  removeMinutes,
  removeOwnFiles,
  writeMinutes,
} from './minute-files.ts';
import { readTimeline, type Timeline, writeTimeline } from './timeline.ts';

/** How much there is at the first start: enough to see what was normal before the incident. */
const HISTORY_MINUTES = 180;
/** After this, a start plays the incident again, while `last 1h` would show less and less of it. */
const ANCHOR_LASTS_MINUTES = 120;
/** What is older is removed while the app runs, so that a forgotten one does not fill the disk. */
const KEPT_MINUTES = 24 * 60;
/** How often to look whether a minute is over: its file lands soon after, and looking costs nothing. */
export const LAND_EVERY_MS = 5_000;

/** A folder in AWS's own layout that the sample network keeps writing flow logs to. */
export interface SampleLake {
  /** Fills the folder up to the last whole minute; continues what an earlier start began, unless that is too old. */
  prepare(): Promise<void>;
  /** Writes the files of the minutes that are over and were not written yet; returns how many. */
  landDue(): Promise<number>;
}

/** Where the sample is written, and from what. */
export interface SampleLakeOptions {
  /** May hold other things too, which stay. */
  readonly folder: string;
  readonly now: () => Date;
  /** Another seed makes other background traffic around the same incident. */
  readonly seed: number;
}

/** The lake of the sample network. */
export function createSampleLake({ folder, now, seed }: SampleLakeOptions): SampleLake {
  let landed: { readonly timeline: Timeline; readonly nextMinute: number } | undefined;
  // A slow landing and the next one never write at once.
  const oneByOne = pLimit(1);

  async function fill(dueMinute: number): Promise<number> {
    const { timeline, written } = await fillHistory(folder, seed, dueMinute);
    landed = { timeline, nextMinute: dueMinute };
    return written;
  }

  async function land(dueMinute: number): Promise<number> {
    // After a long sleep there is too much to make up for: begin anew, as a start would.
    if (landed === undefined || dueMinute - landed.nextMinute > HISTORY_MINUTES) return fill(dueMinute);
    const minutes = minutesBetween(landed.nextMinute, dueMinute);
    await writeMinutes(folder, landed.timeline, minutes);
    const expired = minutes.map((minute) => minute - KEPT_MINUTES);
    await removeMinutes(folder, landed.timeline, expired);
    landed = { ...landed, nextMinute: Math.max(landed.nextMinute, dueMinute) };
    return minutes.length;
  }

  return {
    prepare: () => oneByOne(async () => void (await fill(minuteOf(now())))),
    landDue: () => oneByOne(() => land(minuteOf(now()))),
  };
}

/** The minute that is not over yet. */
function minuteOf(moment: Date): number {
  return Math.floor(moment.getTime() / 60_000);
}

/** The timeline that a folder follows, and how many files were missing until now. */
interface FilledFolder {
  readonly timeline: Timeline;
  readonly written: number;
}

/** Writes what a folder lacks, from three hours before its anchor up to, and without, a minute. */
async function fillHistory(folder: string, seed: number, dueMinute: number): Promise<FilledFolder> {
  const timeline =
    (await recentTimeline(folder, seed, dueMinute)) ?? (await beginAnew(folder, seed, dueMinute));
  const present = new Set(await ownFiles(folder));
  const minutes = minutesBetween(timeline.anchorMinute - HISTORY_MINUTES, dueMinute);
  const missing = minutes.filter((minute) => !present.has(logFileKey(timeline, minute)));
  await writeMinutes(folder, timeline, missing);
  return { timeline, written: missing.length };
}

async function recentTimeline(
  folder: string,
  seed: number,
  dueMinute: number,
): Promise<Timeline | undefined> {
  const timeline = await readTimeline(folder);
  if (timeline === undefined || timeline.seed !== seed) return undefined;
  const age = dueMinute - timeline.anchorMinute;
  // A negative age: the clock was set back, and files of the future would stay in every answer.
  return age >= 0 && age <= ANCHOR_LASTS_MINUTES ? timeline : undefined;
}

/** Empties the folder before the new anchor is written: stopped in between, the next start does both again. */
async function beginAnew(folder: string, seed: number, anchorMinute: number): Promise<Timeline> {
  await removeOwnFiles(folder);
  const timeline = { seed, anchorMinute };
  await writeTimeline(folder, timeline);
  return timeline;
}
