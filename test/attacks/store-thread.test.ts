import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStoresInThread } from '../../src/app/stores-in-thread.ts';
import { StoreError, UserError } from '../../src/core/errors.ts';
import type { Stores } from '../../src/core/operation/stores.ts';
import { openPlace } from '../../src/store/open-stores.ts';
import { describeAudit } from '../contract/audit.ts';
import { describeEndings } from '../contract/endings.ts';
import { describeJournal } from '../contract/journal.ts';
import { describeNameHistory } from '../contract/name-history.ts';
import { describeScans } from '../contract/scans.ts';
import { describeStore } from '../contract/store.ts';
import { asked } from '../contract/store-samples.ts';
import { tempFolder } from '../support/open-local-lake.ts';

/** The thread as `npm run build` has made it. */
const THREAD = new URL('../../dist/store-thread.js', import.meta.url);

async function openInThread(stateFolder: string, id = 'one'): Promise<Stores> {
  const stores = await openStoresInThread(THREAD, { databaseUrl: undefined, stateFolder, id });
  onTestFinished(() => stores.close().catch(() => undefined));
  return stores;
}

const NAME = 'in a thread of its own';

/** Stores of a new folder, and how they are opened again. */
async function givenThread() {
  const folder = await tempFolder('state');
  const stores = await openInThread(folder);
  const reopen = async () => {
    await stores.close();
    return openInThread(folder, 'restarted');
  };
  return { folder, stores, reopen };
}

describeStore(NAME, async () => {
  const { folder, stores, reopen } = await givenThread();
  return {
    store: stores.store,
    alongside: async (id) => (await openInThread(folder, id)).store,
    reopen: async () => (await reopen()).store,
  };
});

describeJournal(NAME, async () => {
  const { stores, reopen } = await givenThread();
  return { journal: stores.journal, reopen: async () => (await reopen()).journal };
});

describeEndings(NAME, async () => {
  const { stores, reopen } = await givenThread();
  return { endings: stores.endings, reopen: async () => (await reopen()).endings };
});

describeNameHistory(NAME, async () => {
  const { stores, reopen } = await givenThread();
  return { names: stores.names, reopen: async () => (await reopen()).names };
});

describeScans(NAME, givenThread);

describeAudit(NAME, async () => {
  const { folder, stores } = await givenThread();
  const database = await openPlace({ path: join(folder, 'state.db') });
  onTestFinished(() => database.close());
  return { stores, other: await openInThread(folder, 'other'), database };
});

describe('stores in a thread of their own', () => {
  it('say in words that another connection holds the file, and work again once it is free', async () => {
    const { folder, stores } = await givenThread();
    const other = new Database(join(folder, 'state.db'), { timeout: 0 });
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    const error = await stores.store.begin(asked('a')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: 'locked', hint: expect.stringContaining('close what has the file') });
    other.exec('ROLLBACK');
    expect(await stores.store.begin(asked('a'))).toBe('begun');
  });

  it('are not opened over a damaged file, of which a copy is made', async () => {
    const { folder, stores } = await givenThread();
    for (let nth = 0; nth < 200; nth += 1) await stores.store.begin(asked(`q${nth}`));
    await stores.close();
    truncateSync(join(folder, 'state.db'), 20_000);
    await expect(openInThread(folder)).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining('A copy of it is'),
    });
    writeFileSync(join(folder, 'state.db'), 'a note to myself, '.repeat(100));
    await expect(openInThread(folder)).rejects.toBeInstanceOf(StoreError);
  });

  it('refuse a backup into a file that is there, with what to do', async () => {
    const { folder, stores } = await givenThread();
    const error = await stores.backup(join(folder, 'state.db')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ hint: expect.stringContaining('Give the name of a file') });
  });

  it('say that flowlog is to be started again where their thread has ended', async () => {
    const ends = `
      import { parentPort } from 'node:worker_threads';
      const methods = { store: ['begin'], journal: [], endings: [], names: [], scans: [], audit: [], all: [] };
      parentPort.postMessage({ methods });
      parentPort.on('message', () => process.exit(1));`;
    const thread = new URL(`data:text/javascript,${encodeURIComponent(ends)}`);
    const start = { databaseUrl: undefined, stateFolder: '/nowhere', id: 'one' };
    const { store } = await openStoresInThread(thread, start);
    for (let time = 0; time < 2; time += 1)
      await expect(store.begin(asked('a'))).rejects.toMatchObject({
        code: 'unreachable',
        hint: 'Start flowlog again.',
      });
  });

  it('keep nothing else waiting while they write', async () => {
    const { stores } = await givenThread();
    let isWritten = false;
    const written = Promise.all(
      Array.from({ length: 300 }, (_, nth) => stores.store.begin(asked(`q${nth}`))),
    ).then(() => {
      isWritten = true;
    });
    let turns = 0;
    for (; !isWritten; turns += 1)
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    await written;
    expect(turns).toBeGreaterThan(300);
  });
});
