import type { AddressRange } from '../flow-log/addresses.ts';
import type { Scope, WantedEngine } from '../line/standard-arguments.ts';
import type { Window } from '../time/window.ts';
import type { FetchedEvents } from './fetches.ts';
import type { Scan } from './scan.ts';

/** What a question wants to read. */
export interface ScanTarget {
  readonly window: Window;
  readonly scope: Scope;
  /** The addresses that it is about; none for a question about all traffic. */
  readonly addresses: readonly AddressRange[];
  /** The network interface whose records it wants. */
  readonly eni: string | undefined;
  /** The fields that it reads; all of them may matter when left out. */
  readonly fields?: readonly string[];
  /** What is to read the files, where the question says it. */
  readonly engine?: WantedEngine | undefined;
  /** Whether the files themselves are wanted, and nothing that is kept of them. */
  readonly isOfOrigins?: boolean;
  /** Whose question it is: the same for every attempt at it. Left out for one that is never retried. */
  readonly identity?: string | undefined;
  /** Takes what has come from log groups so far, while they are read to find out what there is. */
  readonly onEvents?: ((fetched: FetchedEvents) => void) | undefined;
}

/** Knows where flow logs are, and which files a question needs. */
export interface Sources {
  /**
   * Chooses what is read: the flow logs that can have recorded it, and of each the slots from the start of the window
   * to its end plus the longest interval and one slot more, because files hold records by their end. Changes nothing.
   * @throws UserError when there is no flow log to read, saying what to do.
   */
  scanFor(wanted: ScanTarget, signal: AbortSignal): Promise<Scan>;
  /** Makes readable what was chosen, once it may be read: adds the partitions that its tables lack. */
  prepare(scan: Scan, signal: AbortSignal): Promise<void>;
}
