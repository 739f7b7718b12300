import { fromUnixTime } from 'date-fns';
import type { SlotRange } from '../../flow-log/slots.ts';
import { type Coverage, isNothingRead, type SlotState } from '../../query/coverage.ts';
import { showMoment, showWindow } from '../../time/show-time.ts';
import type { Window } from '../../time/window.ts';

/** How far the logs of a window are complete, in one sentence: the first thing to know of an answer's coverage. */
export function verdictOf(coverage: Coverage, zone: string, within?: Window): string {
  const { complete, completeUpTo, storedRange, doubts } = coverage;
  if (complete) return 'Complete for the window.';
  if (isNothingRead(coverage)) {
    if (storedRange === undefined) return 'There are no flow logs here at all.';
    return `Nothing of this window was read; the logs hold ${showSlotRange(storedRange, zone, within)}.`;
  }
  const gaps = gapsOf(coverage, zone, within);
  if (gaps.length === 0) return `Not complete: ${doubts[0] ?? 'something was not read'}.`;
  const upTo =
    completeUpTo === undefined ? 'Not complete' : `Complete up to ${showMoment(completeUpTo, zone, within)}`;
  return `${upTo}; ${gaps.join('; ')}.`;
}

/** Words for each state of a slot range. */
const GAPS: readonly (readonly [SlotState, string, string])[] = [
  ['missing', 'has no file', 'have no file'],
  ['unreadable', 'could not be read', 'could not be read'],
  ['late', 'is not delivered yet', 'are not delivered yet'],
];

/** Further ones are counted, not listed. */
const MOST_NAMED = 2;

function gapsOf({ flowLogs }: Coverage, zone: string, within: Window | undefined): readonly string[] {
  return GAPS.flatMap(([state, one, many]) => {
    const found = flowLogs.flatMap(({ flowLog, slots }) =>
      slots.filter((range) => range.state === state).map((range) => ({ flowLog, range })),
    );
    if (found.length === 0) return [];
    const named = found
      .slice(0, MOST_NAMED)
      .map(
        ({ flowLog, range }) =>
          `${showSlotRange(range, zone, within)}${flowLogs.length > 1 ? ` of ${flowLog}` : ''}`,
      );
    const rest = found.length - named.length;
    const all = [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(' and ');
    return [`${all} ${found.length === 1 ? one : many}`];
  });
}

/** Writes a slot range for people, in the zone and in UTC. */
export function showSlotRange({ fromSeconds, toSeconds }: SlotRange, zone: string, within?: Window): string {
  return showWindow({ from: fromUnixTime(fromSeconds), to: fromUnixTime(toSeconds) }, zone, within);
}
