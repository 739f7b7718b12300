import type { AskedLine, Finished } from '../../src/core/answer/store.ts';

/** An instant, some minutes after noon. */
export const at = (minute: number) => new Date(Date.UTC(2026, 2, 5, 12, minute, 0, 123));

/** A question by its id, asked some minutes after noon. */
export function asked(id: string, minute = 0): AskedLine {
  const line = `to 10.0.1.5 "it's — ✓" since 2026-03-05T11:00Z`;
  const place = `{"thread":"${id}"}`;
  const where = { place, channel: 'C1', thread: `C1/${id}` };
  return { id, line, person: 'U1', zone: 'Asia/Tokyo', ...where, askedAt: at(minute) };
}

/** How it ended, some minutes after noon. */
export function finished(minute: number, changes: Partial<Finished> = {}): Finished {
  const usual = { outcome: 'answered', rows: 3, dollars: 0.05, elapsedMs: 1234, runId: 'run-1' } as const;
  const estimatedBytes = 12_000_000;
  return {
    ...usual,
    estimatedBytes,
    scannedBytes: 9_007_199_254_740_991,
    finishedAt: at(minute),
    ...changes,
  };
}
