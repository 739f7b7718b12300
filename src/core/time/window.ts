import { LONGEST_INTERVAL_SECONDS, SLOT_SECONDS, type SlotRange } from '../flow-log/slots.ts';
import type { SpokenDuration } from './durations.ts';

/** The time `[from, to)` that a question asks about. A record is in it when its own interval touches it. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** How a person said the window. Clock times are already instants: they were read in the asker's time zone. */
export type WindowWords =
  | { readonly kind: 'last'; readonly duration: SpokenDuration }
  | { readonly kind: 'since'; readonly from: Date }
  | { readonly kind: 'between'; readonly from: Date; readonly to: Date }
  | { readonly kind: 'around'; readonly at: Date; readonly duration: SpokenDuration }
  | { readonly kind: 'today' }
  | { readonly kind: 'yesterday' }
  /** `date` is `YYYY-MM-DD` in the asker's time zone. */
  | { readonly kind: 'on'; readonly date: string };

/**
 * The slot range whose files a window needs: from its start to its end plus the longest interval and one slot more,
 * because files hold records by their end.
 */
export function slotRangeOf({ from, to }: Window): SlotRange {
  return {
    fromSeconds: Math.floor(from.getTime() / 1000),
    toSeconds: Math.ceil(to.getTime() / 1000) + LONGEST_INTERVAL_SECONDS + SLOT_SECONDS,
  };
}
