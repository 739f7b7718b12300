import { appendAudit } from './audit-trail.ts';
import type { StoreDatabase } from './store-database.ts';

/** So few that a statement takes some milliseconds: nothing else runs meanwhile in SQLite. */
const AT_ONCE = 500;

/**
 * Deletes the questions that ended before an instant, and returns how many. A thread goes as a whole, once all of its
 * questions ended before: its budget counts them for as long as a person may ask in it.
 */
export async function sweepQuestions(
  database: StoreDatabase,
  before: Date,
  now: () => Date,
): Promise<number> {
  const { db, alone } = database;
  for (let swept = 0; ; ) {
    const ids = await idsEndedBefore(db, before.getTime());
    if (ids.length === 0) return swept;
    swept += await alone([], async (trx) => {
      const { numDeletedRows } = await trx
        .deleteFrom('question')
        .where('id', 'in', ids)
        .executeTakeFirstOrThrow();
      const facts = { questions: String(numDeletedRows), before: before.toISOString() };
      const by = { person: 'flowlog', subject: '', line: '' };
      // Another process may have deleted them.
      if (numDeletedRows > 0n)
        await appendAudit(database, trx, { kind: 'history deleted', at: now(), ...by, facts });
      return Number(numDeletedRows);
    });
  }
}

async function idsEndedBefore(db: StoreDatabase['db'], beforeMs: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('question as old')
    .select('old.id')
    .where('old.outcome', 'is not', null)
    .where('old.finished_ms', '<', beforeMs)
    .where(({ eb, or, not, exists }) => {
      const later = eb
        .selectFrom('question as later')
        .select('later.id')
        .whereRef('later.thread', '=', 'old.thread')
        .where((each) =>
          each.or([each('later.outcome', 'is', null), each('later.finished_ms', '>=', beforeMs)]),
        );
      return or([eb('old.thread', '=', ''), not(exists(later))]);
    })
    .limit(AT_ONCE)
    .execute();
  return rows.map(({ id }) => id);
}
