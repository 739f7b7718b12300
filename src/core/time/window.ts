import { LONGEST_INTERVAL_SECONDS, SLOT_SECONDS, type Slot } from '../flow-log/slots.ts';
import { writeDuration } from './durations.ts';
import { writeMoment } from './moments.ts';

/** A stretch of time `[from, to)`. A flow log record is in it when the record's own interval touches it. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** Units in which people say how long. */
export type DurationUnit = 's' | 'm' | 'h' | 'd' | 'w';

/** A length of time as a person said it: `90m` stays 90 minutes. */
export interface SpokenDuration {
  readonly amount: number;
  readonly unit: DurationUnit;
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

/** Writes window words as a line has them; reading them again in the same zone gives the same words. */
export function writeWindow(words: WindowWords): string {
  switch (words.kind) {
    case 'last':
      return `last ${writeDuration(words.duration)}`;
    case 'since':
      return `since ${writeMoment(words.from)}`;
    case 'between':
      return `since ${writeMoment(words.from)} until ${writeMoment(words.to)}`;
    case 'around':
      return `around ${writeMoment(words.at)} ${writeDuration(words.duration)}`;
    case 'on':
      return `on ${words.date}`;
    case 'today':
    case 'yesterday':
      return words.kind;
  }
}

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
