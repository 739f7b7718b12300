import type { Store } from '../answer/store.ts';
import type { NameHistory } from '../lake/name-history.ts';
import type { ScanMemory } from '../lake/scan.ts';
import type { Audit } from './audit.ts';
import type { Endings } from './endings.ts';
import type { Journal } from './journal.ts';

/** All that survives a restart, in one database. Each call throws a `StoreError` when the database cannot do it. */
export interface Stores {
  readonly store: Store;
  readonly journal: Journal;
  readonly endings: Endings;
  readonly names: NameHistory;
  readonly scans: ScanMemory;
  readonly audit: Audit;
  /**
   * Writes a copy of everything as it is at one instant into a new file, which only its user can read: the whole file
   * or none. @throws UserError where a file of that name is there, or the database has a tool of its own for that.
   */
  backup(path: string): Promise<void>;
  /**
   * Says that this process works on the stores, and returns how many do, this one included: each may take its part of a rate
   * that they share.
   */
  beat(at: Date): Promise<number>;
  /** Gives up the leases of this process and closes the database. */
  close(): Promise<void>;
}
