import { truncateSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Stores } from '../../src/core/operation/stores.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { storesOf } from '../../src/store/open-stores.ts';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';
import { describeJournal } from '../contract/journal.ts';
import { describeStore } from '../contract/store.ts';
import { asked } from '../contract/store-samples.ts';
import { storePath } from '../store/temp-store.ts';

/** The thread as `npm run build` has made it. */
const THREAD = new URL('../../dist/sqlite-thread.js', import.meta.url);

async function openInThread(path: string, owner = 'one'): Promise<Stores> {
  const stores = storesOf(await openSqliteFile(path, THREAD), { owner });
  onTestFinished(() => stores.close().catch(() => undefined));
  return stores;
}

describeStore('sqlite in a thread of its own', async () => {
  const path = await storePath();
  const before = await openInThread(path);
  return {
    store: before.store,
    alongside: async (owner) => (await openInThread(path, owner)).store,
    async reopen() {
      await before.close();
      return (await openInThread(path, 'restarted')).store;
    },
  };
});

describeJournal('sqlite in a thread of its own', async () => {
  const path = await storePath();
  const before = await openInThread(path);
  return {
    journal: before.journal,
    async reopen() {
      await before.close();
      return (await openInThread(path)).journal;
    },
  };
});

describe('a file of SQLite in a thread of its own', () => {
  it('that another connection holds is said in words, and is used again once it is free', async () => {
    const path = await storePath();
    const { store } = await openInThread(path);
    const other = new Database(path, { timeout: 0 });
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    await expect(store.begin(asked('a'))).rejects.toMatchObject({ code: 'locked' });
    other.exec('ROLLBACK');
    expect(await store.begin(asked('a'))).toBe('begun');
  });

  it('that is damaged is refused, with a copy', async () => {
    const path = await storePath();
    const stores = await openInThread(path);
    for (let nth = 0; nth < 200; nth += 1) await stores.store.begin(asked(`q${nth}`));
    await stores.close();
    truncateSync(path, 20_000);
    await expect(openInThread(path)).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining('A copy of it is'),
    });
  });

  it('that is no file of SQLite is refused', async () => {
    const path = await storePath();
    await (await openInThread(path)).close();
    writeFileSync(path, 'a note to myself, '.repeat(100));
    await expect(openInThread(path)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('whose thread has ended says that flowlog is to be started again', async () => {
    const calls = openSqlite(
      await storePath().then((path) => `${path}/nowhere`),
      new URL('data:text/javascript,0'),
    );
    await expect(calls({ kind: 'set up' })).rejects.toMatchObject({
      code: 'unreachable',
      hint: 'Start flowlog again.',
    });
    await expect(calls({ kind: 'check' })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('keeps nothing else waiting while it looks through the whole file', async () => {
    const path = await storePath();
    const { store } = await openInThread(path);
    const line = 'x'.repeat(3_000);
    await Promise.all(Array.from({ length: 400 }, (_, nth) => store.begin({ ...asked(`q${nth}`), line })));
    const calls = openSqlite(path, THREAD);
    let isOver = false;
    const looked = Promise.all(Array.from({ length: 20 }, () => calls({ kind: 'check' }))).then((reasons) => {
      isOver = true;
      return reasons;
    });
    let turns = 0;
    for (; !isOver; turns += 1) await pause(1);
    expect(turns).toBeGreaterThan(5);
    expect(new Set(await looked)).toEqual(new Set([undefined]));
    await calls({ kind: 'close' });
  });
});
