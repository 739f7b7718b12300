import type Database from 'libsql';
import { z } from 'zod';
import {
  type AskedLine,
  IN_FLIGHT_LASTS_MS,
  LEASE_LASTS_MS,
  type Remembered,
  type Store,
} from '../core/answer/store.ts';
import type { Stores } from '../core/operation/stores.ts';
import { openDatabase } from './database.ts';
import { createSqliteEndings } from './sqlite-endings.ts';
import { createSqliteJournal } from './sqlite-journal.ts';
import { createSqliteNames } from './sqlite-names.ts';
import { createSqliteSpending } from './sqlite-spending.ts';

/** What a process that opens the stores is called; no two that run at once may share it. */
export interface StoresOptions {
  readonly owner: string;
  /** Whether another owner is known to have ended: then its leases are not waited for. */
  readonly isGone?: (owner: string) => boolean;
}

/**
 * Opens the embedded stores: one SQLite file, every write on disk before it returns, so that a question survives the
 * process being killed right after. `:memory:` keeps nothing.
 */
export function openSqliteStores(path: string, options: StoresOptions = { owner: '' }): Stores {
  const { owner } = options;
  const database = openDatabase(path);
  const release = database.prepare(SQL.endLeases);
  return {
    store: createSqliteStore(database, options),
    journal: createSqliteJournal(database),
    endings: createSqliteEndings(database),
    names: createSqliteNames(database),
    async close() {
      release.run(owner);
      database.close();
    },
  };
}

const ASKED = 'id, line, person, zone, place, channel, thread, asked_ms';
const REMEMBERED = `${ASKED}, outcome, row_count, scanned_bytes, dollars, elapsed_ms, run_id, estimated_bytes, finished_ms`;

const SQL = {
  begin: `INSERT INTO question (${ASKED}, owner, lease_ms)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?11, ?12
    WHERE ?10 IS NULL OR ?10 > (SELECT count(*) FROM question WHERE outcome IS NULL AND asked_ms >= ?9 AND person = ?3)
    ON CONFLICT (id) DO NOTHING`,
  move: 'UPDATE question SET place = ?, thread = ? WHERE id = ?',
  finish: `UPDATE question
    SET outcome = ?, row_count = ?, scanned_bytes = ?, dollars = ?, elapsed_ms = ?, run_id = ?, estimated_bytes = ?, finished_ms = ?
    WHERE id = ? AND outcome IS NULL`,
  find: `SELECT ${ASKED} FROM question WHERE id = ?`,
  inFlight: `SELECT ${ASKED} FROM question WHERE outcome IS NULL ORDER BY asked_ms, id`,
  takeUp: `UPDATE question SET owner = ?1, lease_ms = ?2
    WHERE outcome IS NULL AND (owner = ?1 AND ?4 = 'all' OR owner <> ?1 AND lease_ms <= ?3) RETURNING ${ASKED}`,
  owners: 'SELECT DISTINCT owner FROM question WHERE outcome IS NULL AND owner <> ?',
  endLeases: 'UPDATE question SET lease_ms = 0 WHERE owner = ? AND outcome IS NULL',
  renewLeases: 'UPDATE question SET lease_ms = ? WHERE owner = ? AND outcome IS NULL',
  recent: `SELECT ${REMEMBERED} FROM question WHERE outcome IS NOT NULL ORDER BY finished_ms DESC, id LIMIT ?`,
} as const;

function createSqliteStore(
  database: Database.Database,
  { owner, isGone = () => false }: StoresOptions,
): Store {
  const begin = database.prepare(SQL.begin);
  const move = database.prepare(SQL.move);
  const find = database.prepare(SQL.find);
  const finish = database.prepare(SQL.finish);
  const inFlight = database.prepare(SQL.inFlight);
  const owners = database.prepare(SQL.owners);
  const endLeases = database.prepare(SQL.endLeases);
  const takeUp = database.prepare(SQL.takeUp);
  const renewLeases = database.prepare(SQL.renewLeases);
  const recent = database.prepare(SQL.recent);
  return {
    ...createSqliteSpending(database),
    async begin({ id, line, person, zone, place, channel, thread, askedAt }, most) {
      const askedMs = askedAt.getTime();
      const asked = [id, line, person, zone, place, channel, thread, askedMs];
      const limits = [askedMs - IN_FLIGHT_LASTS_MS, most ?? null];
      const isBegun = begin.run(...asked, ...limits, owner, askedMs + LEASE_LASTS_MS).changes === 1;
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
    async takeUp(at, whose = 'all') {
      for (const row of owners.all(owner)) {
        const { owner: other } = OWNER_ROW.parse(row);
        if (isGone(other)) endLeases.run(other);
      }
      const taken = takeUp.all(owner, at.getTime() + LEASE_LASTS_MS, at.getTime(), whose).map(askedOf);
      return taken.toSorted(oldestFirst);
    },
    async renewLeases(at) {
      renewLeases.run(at.getTime() + LEASE_LASTS_MS, owner);
    },
    recent: async (limit) => recent.all(limit).map(rememberedOf),
  };
}

function oldestFirst(a: AskedLine, b: AskedLine): number {
  return a.askedAt.getTime() - b.askedAt.getTime() || (a.id < b.id ? -1 : 1);
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

const OWNER_ROW = z.object({ owner: z.string() });

const ASKED_ROW = z.object({
  id: z.string(),
  line: z.string(),
  person: z.string(),
  zone: z.string(),
  place: z.string(),
  channel: z.string(),
  thread: z.string(),
  asked_ms: z.number(),
});

const REMEMBERED_ROW = ASKED_ROW.extend({
  outcome: z.enum(OUTCOMES),
  row_count: z.number(),
  scanned_bytes: z.number(),
  dollars: z.number(),
  elapsed_ms: z.number(),
  run_id: z.string(),
  estimated_bytes: z.number().nullable(),
  finished_ms: z.number(),
});

/** @throws ZodError when the file is not of this program. */
function askedOf(row: unknown): AskedLine {
  const { asked_ms, ...rest } = ASKED_ROW.parse(row);
  return { ...rest, askedAt: new Date(asked_ms) };
}

/** @throws ZodError when the file is not of this program. */
function rememberedOf(row: unknown): Remembered {
  const { asked_ms, row_count, scanned_bytes, elapsed_ms, run_id, estimated_bytes, finished_ms, ...rest } =
    REMEMBERED_ROW.parse(row);
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
