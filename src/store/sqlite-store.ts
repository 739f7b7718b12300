import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import type { Asked, Finished, Remembered, Store } from '../core/ports/store.ts';
import { askedOf, rememberedOf, spentOf } from './rows.ts';
import { SCHEMA } from './schema.ts';

/** How long a second process may hold the file before a write gives up. */
const BUSY_MS = 5_000;

/**
 * The embedded store: one SQLite file, every write on disk before it returns, so that a question survives the
 * process being killed right after. `:memory:` keeps nothing.
 */
export function openSqliteStore(path: string): Store {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path, { timeout: BUSY_MS });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec(SCHEMA);
  const begin = database.prepare(
    `INSERT INTO question (id, line, person, zone, place, asked_ms) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const move = database.prepare('UPDATE question SET place = ? WHERE id = ?');
  const finish = database.prepare(
    `UPDATE question SET outcome = ?, row_count = ?, scanned_bytes = ?, dollars = ?, elapsed_ms = ?, run_id = ?, finished_ms = ?
     WHERE id = ? AND outcome IS NULL`,
  );
  const inFlight = database.prepare('SELECT * FROM question WHERE outcome IS NULL ORDER BY asked_ms, id');
  const recent = database.prepare(
    'SELECT * FROM question WHERE outcome IS NOT NULL ORDER BY finished_ms DESC, id LIMIT ?',
  );
  const spent = database.prepare(
    'SELECT coalesce(sum(dollars), 0) AS dollars FROM question WHERE finished_ms >= ?',
  );

  return {
    async begin({ id, line, person, zone, place, askedAt }: Asked) {
      return begin.run(id, line, person, zone, place, askedAt.getTime()).changes === 1;
    },
    async moveTo(id: string, place: string) {
      move.run(place, id);
    },
    async finish(
      id: string,
      { outcome, rows, scannedBytes, dollars, elapsedMs, runId, finishedAt }: Finished,
    ) {
      finish.run(
        outcome,
        rows,
        scannedBytes,
        dollars,
        Math.round(elapsedMs),
        runId,
        finishedAt.getTime(),
        id,
      );
    },
    async inFlight() {
      return inFlight.all().map(askedOf);
    },
    async recent(limit: number): Promise<readonly Remembered[]> {
      return recent.all(limit).map(rememberedOf);
    },
    async spentSince(since: Date) {
      return spentOf(spent.get(since.getTime()));
    },
    async close() {
      database.close();
    },
  };
}
