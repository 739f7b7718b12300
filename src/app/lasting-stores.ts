import { createLastingStore } from '../core/answer/lasting-store.ts';
import type { LastingParts } from '../core/answer/lasting-writes.ts';
import { createLastingJournal } from '../core/operation/lasting-journal.ts';
import type { Stores } from '../core/operation/stores.ts';
import type { Config } from './config.ts';
import type { Watch } from './observe/watch.ts';
import { openState } from './open-store.ts';
import type { ThreadStart } from './store-thread.ts';
import { openStoresInThread } from './stores-in-thread.ts';
import type { World } from './this-process.ts';

/** Opens the stores, which `watch` counts. @throws StoreError when they cannot be used, with what to do. */
export async function openLastingStores(
  config: Config,
  { newId, now }: World,
  { watch, ...parts }: LastingParts & { readonly watch: Watch },
): Promise<Stores> {
  const stores =
    THREAD === undefined
      ? openState(config, newId(), now)
      : openStoresInThread(THREAD, startOf(config, newId()));
  return lastingStores(watch.stores(await stores), parts);
}

/** The thread of the build; what runs from source has none, and waits for the disk itself. */
const THREAD = import.meta.url.endsWith('.ts') ? undefined : new URL('./store-thread.js', import.meta.url);

function startOf({ databaseUrl, stateFolder }: Config, id: string): ThreadStart {
  return { databaseUrl, stateFolder, id };
}

/**
 * The stores, of which those of questions and of operations go on while the database is away. Closed, they try once more to
 * write what waits.
 */
function lastingStores(stores: Stores, parts: LastingParts): Stores {
  const store = createLastingStore(stores.store, parts);
  const journal = createLastingJournal(stores.journal, parts);
  return {
    ...stores,
    store,
    journal,
    async close() {
      await Promise.all([store.settle(), journal.settle()]);
      await stores.close();
    },
  };
}
