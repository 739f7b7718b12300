import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Store } from '../../src/core/answer/store.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';

/** A path for a store, in folders that do not exist yet; it goes away with the test. */
export async function storePath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'state', 'deep', 'flowlog.db');
}

/** Opens a store until the test ends. */
export function openUntilEnd(path: string): Store {
  const store = openSqliteStore(path);
  onTestFinished(() => store.close().catch(() => undefined));
  return store;
}
