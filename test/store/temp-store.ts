import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Stores } from '../../src/core/operation/stores.ts';
import { openStores } from '../../src/store/open-stores.ts';

/** A path for a store, in folders that do not exist yet; it goes away with the test. */
export async function storePath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'state', 'deep', 'flowlog.db');
}

/** Opens stores until the test ends. */
export async function openUntilEnd(path: string, owner = 'one'): Promise<Stores> {
  const stores = await openStores({ path }, { owner });
  onTestFinished(() => stores.close().catch(() => undefined));
  return stores;
}
