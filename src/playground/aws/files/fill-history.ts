import { readTimeline, writeTimeline } from './anchor-file.ts';
import { logFileKey, type Timeline } from './log-file.ts';
import { minutesBetween, writeMinutes } from './minute-files.ts';
import { ownFiles, removeOwnFiles } from './own-files.ts';

/** How much there is at the first start: enough to see what was normal before the incident. */
export const HISTORY_MINUTES = 180;
/** After this, a start tells the incident anew, while `last 1h` would show less and less of it. */
const ANCHOR_LASTS_MINUTES = 120;

/** What a folder holds: the timeline it follows, and how many files were missing until now. */
export interface Filled {
  readonly timeline: Timeline;
  readonly written: number;
}

/** Writes what a folder lacks, from three hours before its anchor up to, and without, a minute. */
export async function fillHistory(folder: string, seed: number, dueMinute: number): Promise<Filled> {
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
