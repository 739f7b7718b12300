import type { Endings } from '../core/ports/endings.ts';
import type { Journal } from '../core/ports/journal.ts';
import type { Store } from '../core/ports/store.ts';
import { openDatabase } from './open-database.ts';
import { askedOf, rememberedOf, spentOf } from './rows.ts';
import { createSqliteEndings } from './sqlite-endings.ts';
import { createSqliteJournal } from './sqlite-journal.ts';
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
  const spent = database.prepare(STATEMENTS.spent);
  return {
    journal: createSqliteJournal(database),
    endings: createSqliteEndings(database),
    async begin({ id, line, person, zone, place, channel, thread, askedAt }) {
      return begin.run(id, line, person, zone, place, channel, thread, askedAt.getTime()).changes === 1;
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
    spent: async ({ since, person, channel, thread }) =>
      spentOf(spent.get(since?.getTime() ?? null, person ?? null, channel ?? null, thread ?? null)),
    async close() {
      database.close();
    },
  };
}
