import type { Kysely } from 'kysely';
import { z } from 'zod';
import { SAME_QUESTION_MS } from '../core/answer/store.ts';
import type { Scan, ScanMemory } from '../core/lake/scan.ts';
import type { StoreDatabase } from './store-database.ts';
import { storedJson } from './stored-json.ts';
import type { StoreTables } from './tables.ts';

/** Raised when the shape of a scan changes: one of an older version is chosen anew. */
const VERSION = 4;

/** What of a scan is checked before it is used: only flowlog writes these. */
const CHOSEN = z.custom<Scan>(
  (value) =>
    z.looseObject({ objects: z.array(z.unknown()), tables: z.array(z.unknown()) }).safeParse(value).success,
);

/** The scans that questions chose; one goes when another is kept after its question has ended. */
export function createScans({ db }: StoreDatabase): ScanMemory {
  async function find(identity: string): Promise<Scan | undefined> {
    const row = await db
      .selectFrom('scan')
      .select('chosen')
      .where('question', '=', identity)
      .where('version', '=', VERSION)
      .executeTakeFirst();
    return row === undefined ? undefined : storedJson(CHOSEN, row.chosen, `what ${identity} reads`);
  }

  return {
    find,
    async keep(identity, scan) {
      const chosen = JSON.stringify(scan);
      await db
        .deleteFrom('scan')
        .where('asked', 'in', endedBefore(db, questionOf(identity)))
        .execute();
      await db
        .insertInto('scan')
        .values({ question: identity, asked: questionOf(identity), version: VERSION, chosen })
        .onConflict((conflict) =>
          conflict
            .column('question')
            .doUpdateSet({ version: VERSION, chosen })
            .where('scan.version', '<>', VERSION),
        )
        .execute();
      // Of two processes that chose at once, one is second.
      return (await find(identity)) ?? scan;
    },
    async sweep(before) {
      const { numDeletedRows } = await db
        .deleteFrom('scan')
        .where(
          'asked',
          'in',
          db
            .selectFrom('scan as kept')
            .leftJoin('question as old', 'old.id', 'kept.asked')
            .select('kept.asked')
            .where(({ or, and, eb }) =>
              or([
                eb('old.id', 'is', null),
                and([eb('old.outcome', 'is not', null), eb('old.finished_ms', '<', before.getTime())]),
              ]),
            ),
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

/** The question of a scan: one with several windows has a scan for each of the others, under `<id> <window>`. */
export function questionOf(identity: string): string {
  return identity.split(' ')[0] ?? identity;
}

/**
 * The questions with a scan that ended so long before one was asked that it cannot be the same as they. Each scan looks its
 * question up: there are few scans, and many questions that ended.
 */
function endedBefore(db: Kysely<StoreTables>, asked: string) {
  return db
    .selectFrom('scan as kept')
    .select('kept.asked')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('question as old')
          .innerJoin('question as new', (join) => join.on('new.id', '=', asked))
          .select('old.id')
          .whereRef('old.id', '=', 'kept.asked')
          .where('old.outcome', 'is not', null)
          .where(({ eb, ref }) => eb('old.finished_ms', '<', eb(ref('new.asked_ms'), '-', SAME_QUESTION_MS))),
      ),
    );
}
