import type { Kysely } from 'kysely';
import { UserError } from '../core/errors.ts';
import { openPlace, type StorePlace } from './open-stores.ts';
import { chunksOf } from './store-database.ts';
import type { StoreTables } from './tables.ts';

const ALL_TABLES = [
  ...(['question', 'operation', 'step', 'fact'] as const),
  ...(['ending', 'name_span', 'name_site', 'scan'] as const),
] as const satisfies readonly (keyof StoreTables)[];

/**
 * Copies all that survives a restart from one place into an empty one: into PostgreSQL, and back. All of it is there in the
 * end, or nothing. What is written to the first place meanwhile may be missing, so flowlog is stopped before.
 * @returns how many rows were copied. @throws UserError where the second place holds something. @throws StoreError
 */
export async function copyStores(from: StorePlace, to: StorePlace): Promise<number> {
  const source = await openPlace(from);
  try {
    const target = await openPlace(to);
    try {
      return await source.alone(['copy'], (read) =>
        target.alone(['copy'], async (write) => {
          await refuseFilled(write);
          return copyAll(read, write);
        }),
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function refuseFilled(db: Kysely<StoreTables>): Promise<void> {
  for (const table of ALL_TABLES) {
    const row = await db
      .selectFrom(table)
      .select(({ lit }) => lit(1).as('one'))
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined)
      throw new UserError('The place to copy to is not empty.', {
        hint: 'Give an empty database, or a file that does not exist: what is there is not mixed with what comes.',
      });
  }
}

/** Numbers that a database gives out itself are not copied: rows get new ones in the same order. */
async function copyAll(from: Kysely<StoreTables>, to: Kysely<StoreTables>): Promise<number> {
  const questions = await from.selectFrom('question').selectAll().execute();
  const operations = await from.selectFrom('operation').selectAll().execute();
  const steps = await from.selectFrom('step').selectAll().execute();
  const facts = await from.selectFrom('fact').selectAll().orderBy('id').execute();
  const endings = await from.selectFrom('ending').selectAll().execute();
  const spans = await from.selectFrom('name_span').selectAll().orderBy('id').execute();
  const sites = await from.selectFrom('name_site').selectAll().execute();
  const scans = await from.selectFrom('scan').selectAll().execute();
  const copied = [
    await copyRows(questions, (rows) => to.insertInto('question').values(rows).execute()),
    // Steps refer to operations.
    await copyRows(operations, (rows) => to.insertInto('operation').values(rows).execute()),
    await copyRows(steps, (rows) => to.insertInto('step').values(rows).execute()),
    await copyRows(facts.map(withoutId), (rows) => to.insertInto('fact').values(rows).execute()),
    await copyRows(endings, (rows) => to.insertInto('ending').values(rows).execute()),
    await copyRows(spans.map(withoutId), (rows) => to.insertInto('name_span').values(rows).execute()),
    await copyRows(sites, (rows) => to.insertInto('name_site').values(rows).execute()),
    await copyRows(scans, (rows) => to.insertInto('scan').values(rows).execute()),
  ];
  return copied.reduce((sum, count) => sum + count, 0);
}

async function copyRows<Row>(
  rows: readonly Row[],
  write: (rows: readonly Row[]) => Promise<unknown>,
): Promise<number> {
  for (const some of chunksOf(rows)) await write(some);
  return rows.length;
}

function withoutId<Row extends { readonly id: number }>({ id: _, ...row }: Row): Omit<Row, 'id'> {
  return row;
}
