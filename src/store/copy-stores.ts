import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { UserError } from '../core/errors.ts';
import { openPlace, type StorePlace } from './open-stores.ts';
import type { StoreTables } from './tables.ts';

const ALL_TABLES = [
  ...(['question', 'operation', 'step', 'fact'] as const),
  ...(['ending', 'name_span', 'name_site', 'scan', 'audit'] as const),
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
  const all = <T extends keyof StoreTables>(table: T) => from.selectFrom(table);
  const copied = [
    await copyRows(all('question').selectAll(), ['id'], (rows) =>
      to.insertInto('question').values(rows).execute(),
    ),
    // Steps refer to operations.
    await copyRows(all('operation').selectAll(), ['id'], (rows) =>
      to.insertInto('operation').values(rows).execute(),
    ),
    await copyRows(all('step').selectAll(), ['operation', 'position'], (rows) =>
      to.insertInto('step').values(rows).execute(),
    ),
    await copyRows(all('fact').selectAll(), ['id'], (rows) =>
      to.insertInto('fact').values(rows.map(withoutId)).execute(),
    ),
    await copyRows(all('ending').selectAll(), ['flow_log'], (rows) =>
      to.insertInto('ending').values(rows).execute(),
    ),
    await copyRows(all('name_span').selectAll(), ['id'], (rows) =>
      to.insertInto('name_span').values(rows.map(withoutId)).execute(),
    ),
    await copyRows(all('name_site').selectAll(), ['account', 'region'], (rows) =>
      to.insertInto('name_site').values(rows).execute(),
    ),
    await copyRows(all('audit').selectAll(), ['number'], (rows) =>
      to.insertInto('audit').values(rows).execute(),
    ),
    await copyRows(all('scan').selectAll(), ['question'], (rows) =>
      to.insertInto('scan').values(rows).execute(),
    ),
  ];
  return copied.reduce((sum, count) => sum + count, 0);
}

/** How many rows are held at once: each is some hundred bytes, but for plans and scans. */
const PART = 500;

/** Copies the rows of a table part by part in the order of its key, so that no table is held as a whole. */
async function copyRows<T extends keyof StoreTables, Row extends object>(
  all: SelectQueryBuilder<StoreTables, T, Row>,
  key: readonly (keyof Row & string)[],
  write: (rows: readonly Row[]) => Promise<unknown>,
): Promise<number> {
  const columns = sql.join(key.map((name) => sql.ref(name)));
  const after = (last: Row | undefined) =>
    last === undefined
      ? all
      : all.where(sql<boolean>`(${columns}) > (${sql.join(key.map((name) => last[name]))})`);
  let copied = 0;
  for (let last: Row | undefined; ; ) {
    const rows = await after(last).orderBy(columns).limit(PART).execute();
    if (rows.length > 0) await write(rows);
    copied += rows.length;
    last = rows.at(-1);
    if (rows.length < PART) return copied;
  }
}

function withoutId<Row extends { readonly id: number }>({ id: _, ...row }: Row): Omit<Row, 'id'> {
  return row;
}
