import type { Store } from '../answer/store.ts';
import type { NameHistory } from '../lake/name-history.ts';
import type { Endings } from './endings.ts';
import type { Journal } from './journal.ts';

/** All that survives a restart, in one database. */
export interface Stores {
  readonly store: Store;
  readonly journal: Journal;
  readonly endings: Endings;
  readonly names: NameHistory;
  /** Gives up the leases of this process and closes the database. */
  close(): Promise<void>;
}
