import type { Window } from '../time/window.ts';
import type { NameSpan } from './names.ts';
import type { LoggedSite } from './scan.ts';

/**
 * Remembers which address and which interface had which name, from when to when: EC2 knows only what is now, and a
 * question about yesterday means what had the address then.
 */
export interface NameHistory {
  /**
   * Writes down all names that one region of one account has at an instant. What it had before and lacks now ended when
   * it was last seen. Where nothing was known before, a name began when its interface was attached. What
   * is listed earlier than what is known already is passed over.
   */
  note(site: LoggedSite, spans: readonly NameSpan[], at: Date): Promise<void>;
  /** What addresses and interfaces of a region were called until the end of a window, the earliest first. */
  of(site: LoggedSite, wanted: readonly string[], window: Window): Promise<readonly NameSpan[]>;
  /** Forgets what ended before an instant. Returns how many were forgotten. */
  sweep(before: Date): Promise<number>;
}
