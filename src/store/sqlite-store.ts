import { IN_FLIGHT_LASTS_MS, type Store } from '../core/answer/store.ts';
import type { Endings } from '../core/operation/endings.ts';
import type { Journal } from '../core/operation/journal.ts';
import { openDatabase } from './open-database.ts';
import { askedOf, rememberedOf } from './rows.ts';
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
