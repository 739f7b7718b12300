import { z } from 'zod';
import type { Asked, Remembered } from '../core/answer/store.ts';

const OUTCOMES = [
  'answered',
  'mistaken',
  'crashed',
  'rejected',
  'cancelled',
  'timed-out',
  'over-limit',
  'throttled',
  'denied',
  'expired',
  'not-set-up',
  'missing-table',
  'wrong-region',
  'exhausted',
  'unreadable',
  'broken',
] as const satisfies readonly Remembered['outcome'][];

const asked = z.object({
  id: z.string(),
  line: z.string(),
  person: z.string(),
  zone: z.string(),
  place: z.string(),
  channel: z.string(),
  thread: z.string(),
  asked_ms: z.number(),
});

const remembered = asked.extend({
  outcome: z.enum(OUTCOMES),
  row_count: z.number(),
  scanned_bytes: z.number(),
  dollars: z.number(),
  elapsed_ms: z.number(),
  run_id: z.string(),
  estimated_bytes: z.number().nullable(),
  finished_ms: z.number(),
});

/** Reads a row of the question table. @throws ZodError when the file is not of this program. */
export function askedOf(row: unknown): Asked {
  const { asked_ms, ...rest } = asked.parse(row);
  return { ...rest, askedAt: new Date(asked_ms) };
}

/** Reads a row of a finished question. @throws ZodError when the file is not of this program. */
export function rememberedOf(row: unknown): Remembered {
  const { asked_ms, row_count, scanned_bytes, elapsed_ms, run_id, estimated_bytes, finished_ms, ...rest } =
    remembered.parse(row);
  return {
    ...rest,
    askedAt: new Date(asked_ms),
    rows: row_count,
    scannedBytes: scanned_bytes,
    estimatedBytes: estimated_bytes ?? scanned_bytes,
    elapsedMs: elapsed_ms,
    runId: run_id,
    finishedAt: new Date(finished_ms),
  };
}

/** Reads a sum of dollars. @throws ZodError when the file is not of this program. */
export function spentOf(row: unknown): number {
  return z.object({ dollars: z.number() }).parse(row).dollars;
}
