import { LONGEST_INTERVAL_SECONDS } from '../../flow-log/interval.ts';
import type { Slot } from '../../ports/scan.ts';
import type { Coverage } from './coverage.ts';

/**
 * How much of a stretch of time the logs tell: all of it, a part, or nothing that a number could stand for. What was
 * recorded in it may be in slots up to the longest interval later: without those a number is a part of the truth.
 */
export function knownOf(
  { fromSeconds, toSeconds }: Slot,
  { flowLogs }: Pick<Coverage, 'flowLogs'>,
): 'whole' | 'part' | 'none' {
  const gaps = flowLogs.flatMap(({ slots }) => slots.filter(({ state }) => state !== 'read'));
  const touches = (from: number, to: number) =>
    gaps.some((gap) => gap.fromSeconds < to && from < gap.toSeconds);
  if (flowLogs.length === 0 || touches(fromSeconds, toSeconds)) return 'none';
  return touches(toSeconds, toSeconds + LONGEST_INTERVAL_SECONDS) ? 'part' : 'whole';
}
