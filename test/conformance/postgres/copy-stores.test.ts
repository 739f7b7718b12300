import { describe, expect, it } from 'vitest';
import { copyStores } from '../../../src/store/copy-stores.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { fillStores, readStores } from '../../contract/filled-stores.ts';
import { openUntilEnd, storePath } from '../../store/temp-store.ts';
import { givenPostgres, hasPostgres, openDatabaseUntilEnd } from './given-postgres.ts';

describe.runIf(hasPostgres())('a copy of the stores', () => {
  const server = givenPostgres();

  it('goes from a file into PostgreSQL and back into another file, with all that was there', async () => {
    const [from, back] = [await storePath(), await storePath()];
    const databaseUrl = await server().newDatabase();
    const first = await openStores({ path: from }, { owner: 'one' });
    await fillStores(first);
    const before = await readStores(first);
    await first.close();
    expect(await copyStores({ path: from }, { databaseUrl })).toBe(26);
    const second = await openDatabaseUntilEnd(databaseUrl);
    expect(await readStores(second)).toEqual(before);
    await second.close();
    expect(await copyStores({ databaseUrl }, { path: back })).toBe(26);
    expect(await readStores(await openUntilEnd(back))).toEqual(before);
  });

  it('lets what comes later have numbers of its own', async () => {
    const databaseUrl = await server().newDatabase();
    const from = await storePath();
    await fillStores(await openUntilEnd(from));
    await copyStores({ path: from }, { databaseUrl });
    const { journal } = await openDatabaseUntilEnd(databaseUrl);
    const record = { index: 1, state: 'done', words: '', facts: { flowLogId: 'fl-1' } } as const;
    await journal.step('op-1', record);
    expect((await journal.foundOut('flowLogId', 'fl-1'))?.id).toBe('op-1');
  });

  it('is not made into a database that holds something', async () => {
    const databaseUrl = await server().newDatabase();
    const from = await storePath();
    await fillStores(await openUntilEnd(from));
    await copyStores({ path: from }, { databaseUrl });
    await expect(copyStores({ path: from }, { databaseUrl })).rejects.toThrow('is not empty');
  });
});
