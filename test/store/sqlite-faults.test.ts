import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../src/core/answer/store.ts';
import { StoreError, type StoreErrorCode } from '../../src/core/errors.ts';
import { openStores, storesOf } from '../../src/store/open-stores.ts';
import { sqliteDatabase } from '../../src/store/sqlite-file.ts';
import { fillStores } from '../contract/filled-stores.ts';
import { asked, at, finished } from '../contract/store-samples.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

/** Every call that writes a question down, each of which must say what is wrong. */
function writes(store: Store): readonly (() => Promise<unknown>)[] {
  const limits = { thread: 9, day: 9 };
  return [
    () => store.begin(asked('x')),
    () => store.begin(asked('x'), { most: 9 }),
    () => store.moveTo('b', 'elsewhere'.repeat(9_000), ''),
    () => store.finish('b', finished(1, { runId: 'r'.repeat(9_000) })),
    () => store.setAside('b', { dollars: 1, thread: '', limits, dayBegan: at(0), at: at(1) }),
    () => store.takeUp(at(9)),
  ];
}

async function expectRefusal(work: () => Promise<unknown>, code: StoreErrorCode): Promise<StoreError> {
  const error: unknown = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StoreError);
  if (!(error instanceof StoreError)) throw error;
  expect(error.code).toBe(code);
  expect(`${error.message} ${error.hint}`).not.toMatch(/SQLITE_(?!IOERR)/);
  return error;
}

/** Begins questions with long lines until one is refused. */
async function fillUp(store: Store): Promise<unknown> {
  for (let index = 0; index < 10_000; index += 1)
    try {
      await store.begin({ ...asked(`fill ${index}`), line: 'x'.repeat(3_000) });
    } catch (error) {
      return error;
    }
  return undefined;
}

const mounts = canMount();
if (!mounts) console.warn('SKIPPED: this user cannot mount a small disk, so that none is filled really.');

describe('a full disk', () => {
  it('is said by every call that writes, and what was written before is still read', async () => {
    const path = await storePath();
    await fillStores(await openUntilEnd(path));
    const opened = new Database(path, { timeout: 0 });
    opened.exec('PRAGMA max_page_count = 60');
    const { store } = storesOf(sqliteDatabase(opened, path), { owner: 'one' });
    expect(await fillUp(store)).toMatchObject({ code: 'full' });
    await expectRefusal(() => store.moveTo('b', 'long'.repeat(90_000), ''), 'full');
    expect((await store.recent(9)).map(({ id }) => id)).toEqual(['a']);
    opened.exec('PRAGMA max_page_count = 100000');
    expect(await store.begin({ ...asked('after'), line: 'x'.repeat(9_000) })).toBe('begun');
  });

  it.runIf(mounts)(
    'is said in words when it is full really, and needs no restart once it has room',
    async () => {
      const disk = mountedDisk('size=600k');
      const path = join(disk, 'state', 'state.db');
      const { store } = await openUntilEnd(path);
      await store.begin(asked('b'));
      const ballast = join(disk, 'ballast');
      expect(spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=4k']).status).not.toBe(0);
      const error = await fillUp(store);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({
        code: 'full',
        message: `The disk with \`${path}\` is full, so that nothing can be written down.`,
      });
      for (const write of writes(store)) await expectRefusal(write, 'full');
      expect(await store.find('b')).toEqual(asked('b'));
      rmSync(ballast);
      expect(await store.begin(asked('after'))).toBe('begun');
      expect((await store.inFlight()).some(({ id }) => id === 'after')).toBe(true);
    },
  );

  it.runIf(mounts)('lets no store be made, and leaves no half of one', async () => {
    const disk = mountedDisk('size=32k');
    const path = join(disk, 'state.db');
    await expectRefusal(() => openStores({ path }), 'full');
    expect(execFileSync('ls', ['-A', disk], { encoding: 'utf8' })).toBe('');
  });
});

describe('a disk that can only be read', () => {
  it('is said by every call that writes, and what was written before is still read', async () => {
    const path = await storePath();
    await fillStores(await openUntilEnd(path));
    const opened = new Database(path, { timeout: 0 });
    const { store } = storesOf(sqliteDatabase(opened, path), { owner: 'one' });
    opened.exec('PRAGMA query_only = ON');
    for (const write of writes(store)) await expectRefusal(write, 'read-only');
    expect((await store.recent(9)).map(({ id }) => id)).toEqual(['a']);
  });

  it.runIf(mounts)('is said at the start, for a store that is there and for one that is not', async () => {
    const path = await storePath();
    await (await openUntilEnd(path)).close();
    const folder = mountedDisk('size=4m');
    execFileSync('mount', ['--bind', dirname(path), folder]);
    execFileSync('mount', ['-o', 'remount,bind,ro', folder]);
    onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
    await expectRefusal(() => openStores({ path: join(folder, 'flowlog.db') }), 'read-only');
    await expectRefusal(() => openStores({ path: join(folder, 'other.db') }), 'read-only');
  });
});

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'flowlog-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
  if (status === 0) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return status === 0;
}

function mountedDisk(options: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'flowlog-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
  onTestFinished(() => {
    // The stores may have it open still.
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

describe('a file that another process holds', () => {
  async function held() {
    const path = await storePath();
    const { store } = await openUntilEnd(path);
    await store.begin(asked('b'));
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    return { path, store, release: () => other.exec('ROLLBACK') };
  }

  it('is waited for without holding up anything else, reads included', async () => {
    const { store, release } = await held();
    let isWritten = false;
    const all = Promise.all(writes(store).map((write) => write())).then(() => {
      isWritten = true;
    });
    const reads = await Promise.all(Array.from({ length: 50 }, () => store.find('b')));
    expect(reads).toHaveLength(50);
    for (let tick = 0; tick < 20; tick += 1) await pause(5);
    expect(isWritten).toBe(false);
    release();
    await all;
    expect(await store.find('x')).toBeDefined();
  });

  it('for longer than Slack waits is said, and what waited is not written', async () => {
    const { path, store, release } = await held();
    await expectRefusal(() => store.begin(asked('late')), 'locked');
    release();
    expect(await store.find('late')).toBeUndefined();
    expect(await store.begin(asked('late'))).toBe('begun');
    expect(path).toContain('flowlog.db');
  }, 30_000);

  it('is waited for at the start, too', async () => {
    const { path, release } = await held();
    const opening = openUntilEnd(path, 'other');
    await pause(100);
    release();
    expect(await (await opening).store.inFlight()).toHaveLength(1);
  });
});

it('a folder in place of the file, or a file in place of its folder, is said', async () => {
  const path = await storePath();
  mkdirSync(path, { recursive: true });
  await expectRefusal(() => openStores({ path }), 'denied');
  writeFileSync(`${path}.txt`, '');
  await expectRefusal(() => openStores({ path: join(`${path}.txt`, 'state.db') }), 'denied');
});

it('a burst of calls lets timers and sockets in all the time', async () => {
  const { store } = await openUntilEnd(await storePath());
  const ticks: number[] = [];
  const timer = setInterval(() => ticks.push(performance.now()), 1);
  const calls = Promise.all(Array.from({ length: 2_000 }, (_, index) => store.begin(asked(`q${index}`))));
  const started = performance.now();
  await calls;
  const lasted = performance.now() - started;
  clearInterval(timer);
  const gaps = ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? tick));
  expect(ticks.length).toBeGreaterThan(20);
  expect(Math.max(...gaps)).toBeLessThan(Math.max(150, lasted / 4));
});

it('a transaction that fails leaves nothing, and those that wait for it go on', async () => {
  const path = await storePath();
  const { store, journal } = await openUntilEnd(path);
  const step = { index: 0, state: 'done', words: '', facts: {} } as const;
  const results = await Promise.allSettled([
    journal.step('op-unknown', step),
    store.begin(asked('a'), { most: 9 }),
    journal.step('op-unknown', step),
    store.begin(asked('b'), { most: 9 }),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await store.inFlight()).toHaveLength(2);
});

it('a store that was closed refuses every call', async () => {
  const stores = await openUntilEnd(await storePath());
  await stores.close();
  await expect(stores.store.begin(asked('a'))).rejects.toThrow();
  await expect(stores.store.find('a')).rejects.toThrow();
});
