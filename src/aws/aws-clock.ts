import type { Sources } from '../core/lake/sources.ts';

/** How the clock of this machine goes, compared to AWS's. */
export interface AwsClock {
  /** Takes the time of an answer of AWS, as it is written in its `Date` header. */
  seen(date: string): void;
  /** What people have to know of it; undefined while the clocks agree. */
  note(): string | undefined;
}

/**
 * From here on the difference is said, in milliseconds: windows are counted by this machine's clock, and the end of a
 * slot of five minutes would be named wrongly. AWS refuses requests that are signed five minutes off, which the SDK
 * corrects.
 */
const DIFFERS_MS = 2 * 60_000;
const MINUTE_MS = 60_000;

/** Creates it without any answer. */
export function createAwsClock(now: () => Date): AwsClock {
  let aheadMs = 0;
  return {
    seen(date) {
      const serverMs = Date.parse(date);
      if (!Number.isNaN(serverMs)) aheadMs = now().getTime() - serverMs;
    },
    note() {
      if (Math.abs(aheadMs) < DIFFERS_MS) return undefined;
      const minutes = Math.round(Math.abs(aheadMs) / MINUTE_MS);
      const where = aheadMs > 0 ? 'ahead of' : 'behind';
      return `the clock of flowlog's machine is ${minutes} minutes ${where} AWS's: the window, and up to when files are there, are off by as much; set the clock of that machine`;
    },
  };
}

/** Has each scan say that the clocks of this machine and of AWS differ, where they do. */
export function withClock(sources: Sources, clock: AwsClock): Sources {
  return {
    async scanFor(wanted, signal) {
      const scan = await sources.scanFor(wanted, signal);
      const note = clock.note();
      return note === undefined ? scan : { ...scan, notes: [...scan.notes, note] };
    },
    prepare: (scan, signal) => sources.prepare(scan, signal),
  };
}
