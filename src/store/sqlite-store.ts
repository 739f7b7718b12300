import { z } from 'zod';
import type { Endings } from '../core/ports/endings.ts';
import type { Journal } from '../core/ports/journal.ts';
import { type Asked, IN_FLIGHT_LASTS_MS, type Remembered, type Store } from '../core/ports/store.ts';
import { openDatabase } from './database.ts';
import { createSqliteEndings } from './sqlite-endings.ts';
import { createSqliteJournal } from './sqlite-journal.ts';
import { createSqliteSpending } from './sqlite-spending.ts';
import { STATEMENTS } from './statements.ts';

/**
 * The embedded store: one SQLite file, every write on disk before it returns, so that a question survives the
 * process being killed right after. `:memory:` keeps nothing.
 */
export function openSqliteStore(
  path: string,
): Store & { readonly journal: Journal; readonly endings: Endings } {
  const database = openDatabase(path);
  const begin = database.prepare(STATEMENTS.begin);
  const move = database.prepare(STATEMENTS.move);
  const find = database.prepare(STATEMENTS.find);
  const finish = database.prepare(STATEMENTS.finish);
  const inFlight = database.prepare(STATEMENTS.inFlight);
  const recent = database.prepare(STATEMENTS.recent);
  return {
    journal: createSqliteJournal(database),
    endings: createSqliteEndings(database),
    ...createSqliteSpending(database),
    async begin({ id, line, person, zone, place, channel, thread, askedAt }, most) {
      const askedMs = askedAt.getTime();
      const asked = [id, line, person, zone, place, channel, thread, askedMs];
      const isBegun = begin.run(...asked, askedMs - IN_FLIGHT_LASTS_MS, most ?? null).changes === 1;
      if (isBegun) return 'begun';
      return find.get(id) === undefined ? 'full' : 'known';
    },
    async moveTo(id, place, thread) {
      move.run(place, thread, id);
    },
    async find(id) {
      const row: unknown = find.get(id);
      return row === undefined ? undefined : askedOf(row);
    },
    async finish(id, { outcome, rows, scannedBytes, estimatedBytes, dollars, elapsedMs, runId, finishedAt }) {
      const cost = [rows, scannedBytes, dollars, Math.round(elapsedMs)];
      finish.run(outcome, ...cost, runId, estimatedBytes, finishedAt.getTime(), id);
    },
    inFlight: async () => inFlight.all().map(askedOf),
    recent: async (limit) => recent.all(limit).map(rememberedOf),
    async close() {
      database.close();
    },
  };
}

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
