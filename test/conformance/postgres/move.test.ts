import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStores } from '../../../src/store/open-stores.ts';
import { fillStores, readStores } from '../../contract/filled-stores.ts';
import { asked } from '../../contract/store-samples.ts';
import { storePath } from '../../store/temp-store.ts';
import { PASSWORD } from '../../support/postgres-server.ts';
import { runCli } from '../../support/run-cli.ts';
import { givenPostgres, hasPostgres, openDatabaseUntilEnd } from './given-postgres.ts';

describe.runIf(hasPostgres())('flowlog move', () => {
  const server = givenPostgres();
  const move = (to: string, databaseUrl: string, folder: string) =>
    runCli(['move', '--to', to], { environment: { FLOWLOG_STATE: folder, DATABASE_URL: databaseUrl } });

  it('copies the database into a state file, and that into another database', async () => {
    const folder = dirname(await storePath());
    const [first, second] = [await server().newDatabase(), await server().newDatabase()];
    const stores = await openStores({ databaseUrl: first }, { owner: 'one' });
    await fillStores(stores);
    const before = await readStores(stores);
    await stores.close();
    const home = await move('file', first, folder);
    expect([home.code, home.aside]).toEqual([0, '']);
    expect(home.out).toMatch(/^26 rows were copied into `.*state\.db` from the database of `DATABASE_URL`/);
    const there = await move('postgres', second, folder);
    expect([there.code, there.aside]).toEqual([0, '']);
    expect(there.out).toMatch(
      /^26 rows were copied from `.*state\.db`, which stays as it is, into the database/,
    );
    expect(home.out + there.out).not.toContain(PASSWORD);
    const moved = await openDatabaseUntilEnd(second);
    expect(await readStores(moved)).toEqual(before);
    await moved.close();
    const again = await move('postgres', second, folder);
    expect([again.code, again.aside]).toEqual([
      2,
      expect.stringMatching(/^The place to copy to is not empty\./),
    ]);
  });

  it('refuses a database on which flowlog runs, or ran less than half a minute ago', async () => {
    const databaseUrl = await server().newDatabase();
    const folder = dirname(await storePath());
    const stores = await openStores({ databaseUrl }, { owner: 'one' });
    await fillStores(stores);
    const running = await move('file', databaseUrl, folder);
    expect(running.code).toBe(2);
    expect(running.aside).toMatch(/^Another flowlog process is connected to the database, so that/);
    await stores.close();
    const { store, close } = await openStores({ databaseUrl }, { owner: 'two' });
    await store.begin({ ...asked('now'), askedAt: new Date() });
    await server().run(`UPDATE flowlog.question SET owner = 'gone' WHERE id = 'now'`, databaseUrl);
    await close();
    const held = await move('file', databaseUrl, folder);
    expect(held.aside).toMatch(
      /^Another flowlog process was answering questions less than half a minute ago/,
    );
  });
});
