import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { copyStores } from '../../src/store/copy-stores.ts';
import { openPlace } from '../../src/store/open-stores.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { fillStores, readStores } from '../contract/filled-stores.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describe('a copy of the stores', () => {
  it('holds all that the first place holds, in a file that was not there', async () => {
    const [from, to] = [await storePath(), await storePath()];
    const first = await openUntilEnd(from);
    await fillStores(first);
    const before = await readStores(first);
    await first.close();
    expect(await copyStores({ path: from }, { path: to })).toBe(26);
    expect(await readStores(await openUntilEnd(to))).toEqual(before);
    expect(await readStores(await openUntilEnd(from))).toEqual(before);
  });

  it('holds every row of every table, of which only some are held at once', async () => {
    const [from, to] = [await storePath(), await storePath()];
    const source = await openPlace({ path: from });
    await fillTables(source, 1_203);
    await source.close();
    await copyStores({ path: from }, { path: to });
    const [before, after] = [await countsOf(from), await countsOf(to)];
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['question', 'step', 'name_site']));
    for (const [table, rows] of Object.entries(before))
      expect([table, rows]).toEqual([table, rowsWanted(table)]);
    // Which processes work on one place is not so at the other.
    expect(after).toEqual({ ...before, process: 0 });
  });

  it('is not made into a place that holds something, which stays as it is', async () => {
    const [from, to] = [await storePath(), await storePath()];
    await fillStores(await openUntilEnd(from));
    const second = await openUntilEnd(to);
    const SITE = { account: '1', region: 'eu-west-1' };
    await second.names.note(SITE, [], new Date(0));
    await expect(copyStores({ path: from }, { path: to })).rejects.toThrow('is not empty');
    expect((await readStores(second)).inFlight).toEqual([]);
  });
});

const rowsWanted = (table: string) => (table === 'operation' ? 3 : 1_203);

/** Puts so many rows into each table, whatever columns it has, with keys that need their parts to be told apart. */
async function fillTables({ db }: StoreDatabase, amount: number): Promise<void> {
  const tables = await db.introspection.getTables();
  const all = db.withTables<Record<string, Record<string, unknown>>>();
  const ordered = tables
    .map(({ name }) => name)
    .toSorted((a, b) => Number(b === 'operation') - Number(a === 'operation'));
  for (const table of ordered) {
    const columns = tables.find(({ name }) => name === table)?.columns ?? [];
    const row = (index: number) =>
      Object.fromEntries(
        columns
          .filter(({ isAutoIncrementing }) => !isAutoIncrementing)
          .map(({ name, dataType }) => [name, cellOf(table, name, dataType, index)]),
      );
    for (let index = 0; index < Math.min(amount, rowsWanted(table)); index += 1)
      await all.insertInto(table).values(row(index)).execute();
  }
}

/** A step has one of three operations; all other keys are different. */
function cellOf(table: string, column: string, type: string, index: number): unknown {
  if (column === 'operation') return `operation ${index % 3}`;
  if (type.toLowerCase() !== 'text') return table === 'step' ? Math.floor(index / 3) : index;
  return `${table} ${index}`;
}

/** How many rows each table has, without those that Kysely keeps itself. */
async function countsOf(path: string): Promise<Readonly<Record<string, number>>> {
  const { db, close } = await openPlace({ path });
  const tables = await db.introspection.getTables();
  const counts: Record<string, number> = {};
  for (const { name } of tables)
    counts[name] =
      (await sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(db)).rows[0]
        ?.rows ?? 0;
  await close();
  return counts;
}
