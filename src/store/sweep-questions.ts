import type { StoreDatabase } from './store-database.ts';

/** So few that a statement takes some milliseconds: nothing else runs meanwhile in SQLite. */
const AT_ONCE = 500;

/**
 * Deletes the questions that ended before an instant, and returns how many. A thread goes as a whole, once all of its
 * questions ended before: its budget counts them for as long as somebody may ask in it.
 */
export async function sweepQuestions({ db }: StoreDatabase, before: Date): Promise<number> {
  for (let swept = 0; ; ) {
    const ids = await idsEndedBefore(db, before.getTime());
    if (ids.length === 0) return swept;
    const { numDeletedRows } = await db
      .deleteFrom('question')
      .where('id', 'in', ids)
      .executeTakeFirstOrThrow();
    swept += Number(numDeletedRows);
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
