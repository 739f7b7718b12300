import { fillHistory, HISTORY_MINUTES } from './files/fill-history.ts';
import type { Timeline } from './files/log-file.ts';
import { minutesBetween, removeMinutes, writeMinutes } from './files/minute-files.ts';

/** What is older is removed while the app runs, so that a forgotten one does not fill the disk. */
const KEPT_MINUTES = 24 * 60;
/** How often to look whether a minute is over: its file lands soon after, and looking costs nothing. */
const LOOK_EVERY_MS = 5_000;

/** A folder in AWS's own layout that the sample network keeps writing flow logs to. */
export interface SampleLake {
  /** Fills the folder up to the last whole minute; continues what an earlier start began, unless that is too old. */
  prepare(): Promise<void>;
  /** Writes the files of the minutes that are over and were not written yet; returns how many. */
  landDue(): Promise<number>;
  /** Lands files as minutes pass, without keeping the process alive; returns what stops it. */
  start(onError: (error: unknown) => void): () => void;
}

/** What a sample lake is made from. */
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
  const inTurn = createTurns();

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

  const landDue = () => inTurn(() => land(minuteOf(now())));

  return {
    prepare: () => inTurn(async () => void (await fill(minuteOf(now())))),
    landDue,
    start(onError) {
      const timer = setInterval(() => void landDue().catch(onError), LOOK_EVERY_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

/** The minute that is not over yet. */
function minuteOf(moment: Date): number {
  return Math.floor(moment.getTime() / 60_000);
}

/** Runs one piece of work after the other, so that a slow landing and the next never write at once. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    // Whoever asked hears of a failure; the next in turn does not.
    last = result.catch(() => undefined);
    return result;
  };
}
