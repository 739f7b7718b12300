import { LONGEST_INTERVAL_SECONDS, SLOT_SECONDS } from '../flow-log/interval.ts';
import type { Slot } from '../ports/scan.ts';
import type { Window } from './window.ts';

/**
 * The time of the files that a window needs: from its start to its end plus the longest interval and one slot more,
 * because files hold records by their end.
 */
export function stretchOf({ from, to }: Window): Slot {
  return {
    fromSeconds: Math.floor(from.getTime() / 1000),
    toSeconds: Math.ceil(to.getTime() / 1000) + LONGEST_INTERVAL_SECONDS + SLOT_SECONDS,
  };
}
