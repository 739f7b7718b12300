import type { StoreError } from '../errors.ts';
import type { Facts, Plan } from './plan.ts';

/** The state of an operation. */
export type OperationState = 'planned' | 'running' | 'done' | 'failed' | 'cancelled';

/** One step of an operation that was begun. */
export interface StepRecord {
  readonly index: number;
  readonly state: 'running' | 'done' | 'failed';
  /** What was done, or what went wrong. */
  readonly words: string;
  readonly facts: Facts;
}

/** An operation as it is written down: who planned what, who confirmed it, how far it came. */
export interface JournalEntry {
  /** Short enough to be typed: `op-7k2m9q`. */
  readonly id: string;
  readonly line: string;
  readonly person: string;
  readonly channel: string;
  /** The request that planned it, which knows where the plan was posted; empty when an older version planned it. */
  readonly request: string;
  readonly plan: Plan;
  readonly plannedAt: Date;
  readonly state: OperationState;
  /** The request that carries it out; undefined until it was confirmed. */
  readonly claim: { readonly request: string; readonly person: string; readonly at: Date } | undefined;
  readonly steps: readonly StepRecord[];
}

/** After this long no operation goes on any more; should it, doing its steps twice comes to the same. */
export const CLAIM_LASTS_MINUTES = 120;

/** Remembers operations across restarts: what was confirmed is done once, and to its end. */
export interface Journal {
  plan(entry: Omit<JournalEntry, 'state' | 'claim' | 'steps'>): Promise<void>;
  find(id: string): Promise<JournalEntry | undefined>;
  /** The latest operation of which a step found this out: whose flow log it is. */
  foundOut(fact: string, value: string): Promise<JournalEntry | undefined>;
  /**
   * Gives an operation that waits or has failed to one request, which may ask again after a restart. False for any
   * other request: of two confirmations at once one is too late. What was claimed `CLAIM_LASTS_MINUTES` ago and has not
   * ended is given away again: its process was killed and did not restart.
   */
  claim(id: string, request: string, person: string, at: Date): Promise<boolean>;
  /**
   * Writes down how far a step is; an earlier record of the same step is replaced. @throws StoreError where that it begins
   * could not be written down: then it must not begin.
   */
  step(id: string, record: StepRecord): Promise<void>;
  /** The operations that were confirmed since an instant, and are neither done nor cancelled, oldest first. */
  unfinished(since: Date): Promise<readonly JournalEntry[]>;
  /**
   * Ends an operation; `person` is who did, when it is not who confirmed it. `cancelled` only ends one that is not claimed;
   * false when it could not.
   */
  end(id: string, state: 'done' | 'failed' | 'cancelled', person?: string): Promise<boolean>;
  /** Why what an operation did is not written down yet, though it will be; undefined once it is. Waits some seconds for it. */
  unwritten(id: string): Promise<StoreError | undefined>;
  /**
   * Forgets the operations that were planned before an instant and never confirmed, and returns how many. All others
   * stay, because only what was written down may be deleted.
   */
  sweep(before: Date): Promise<number>;
}
