import type { Window } from '../window/window.ts';
import type { Scan } from './scan.ts';

/** Knows where flow logs are, and which files a window needs. */
export interface Sources {
  /**
   * Chooses what a window reads: the slots from its start to its end plus the longest interval and one slot more,
   * because files hold records by their end.
   * @throws UserError when there is no flow log to read, saying what to configure.
   */
  scanFor(window: Window, signal: AbortSignal): Promise<Scan>;
}
