import { createLastingStore } from '../core/answer/lasting-store.ts';
import type { LastingParts } from '../core/answer/lasting-writes.ts';
import { createLastingJournal } from '../core/operation/lasting-journal.ts';
import type { Stores } from '../core/operation/stores.ts';

/**
 * The stores, of which those of questions and of operations go on while the database is away. Closed, they try once more to
 * write what waits.
 */
export function lastingStores(stores: Stores, parts: LastingParts): Stores {
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
