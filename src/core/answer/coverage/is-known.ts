import { getUnixTime } from 'date-fns';
import type { Slot } from '../../ports/scan.ts';
import type { Coverage } from './coverage.ts';

/** Whether logs tell of a stretch at all: it has begun to be delivered, and is not inside a gap of the files. */
export function isKnown(
  { fromSeconds, toSeconds }: Slot,
  { completeUpTo, missingSlots }: Pick<Coverage, 'completeUpTo' | 'missingSlots'>,
): boolean {
  if (completeUpTo === undefined || getUnixTime(completeUpTo) <= fromSeconds) return false;
  return !missingSlots.some((gap) => gap.fromSeconds <= fromSeconds && toSeconds <= gap.toSeconds);
}
