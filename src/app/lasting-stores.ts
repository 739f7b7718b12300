import { createLastingStore } from '../core/answer/lasting-store.ts';
import type { LastingParts } from '../core/answer/lasting-writes.ts';
import { createLastingJournal } from '../core/operation/lasting-journal.ts';
import type { Stores } from '../core/operation/stores.ts';
import type { Config } from './config.ts';
import type { Watch } from './observe/watch.ts';
import { openStateFolder } from './state-folder.ts';
import type { ThreadStart } from './store-thread.ts';
import { openStoresInThread } from './stores-in-thread.ts';
import type { World } from './this-process.ts';

/** The stores as they are opened. */
export interface OpenedStores {
  readonly stores: Stores;
  /** Paths of the state that other users of this machine can still read, because their modes could not be changed. */
  readonly stillOpen: readonly string[];
}

type StatePlace = Pick<Config, 'databaseUrl' | 'stateFolder'>;

/**
 * Opens the folder of the state, and begins to open the stores in a thread of their own: that takes a third of a second, in which
 * the rest of the app can be loaded. What they come to is said when they are waited for.
 */
export async function beginState(
  place: StatePlace,
  { newId, now }: World,
): Promise<{ readonly opening: Promise<OpenedStores> }> {
  const stillOpen = await openStateFolder(place.stateFolder);
  const stores =
    THREAD === undefined
      ? import('./open-store.ts').then(({ openState }) => openState(place, newId(), now))
      : openStoresInThread(THREAD, startOf(place, newId()));
  const opening = stores.then((opened) => ({ stillOpen, stores: opened }));
  opening.catch(() => undefined);
  return { opening };
}

/** The thread of the build; what runs from source has none, and waits for the disk itself. */
const THREAD = import.meta.url.endsWith('.ts') ? undefined : new URL('./store-thread.js', import.meta.url);

function startOf({ databaseUrl, stateFolder }: StatePlace, id: string): ThreadStart {
  return { databaseUrl, stateFolder, id };
}

/**
 * The stores, which `watch` counts, and of which those of questions and of operations go on while the database is away. Closed,
 * they try once more to write what waits.
 */
export function lastingStores(
  opened: Stores,
  { watch, ...parts }: LastingParts & { readonly watch: Watch },
): Stores {
  const stores = watch.stores(opened);
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
