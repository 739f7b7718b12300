import { fromUnixTime } from 'date-fns';
import type { Slot } from '../../flow-log/slots.ts';
import type { Coverage, SlotState } from '../../query/coverage.ts';
import { showMoment, showWindow } from '../../time/show-time.ts';

/** How far the logs of a window are complete, in one sentence: the first thing to know of an answer's coverage. */
export function verdictOf(coverage: Coverage, zone: string): string {
  const { complete, completeUpTo, filesRead, extent, doubts } = coverage;
  if (complete) return 'Complete for the window.';
  if (filesRead === 0) {
    if (extent === undefined) return 'There are no flow logs here at all.';
    return `Nothing of this window was read; the logs hold ${stretchOf(extent, zone)}.`;
  }
  const gaps = gapsOf(coverage, zone);
  if (gaps.length === 0) return `Not complete: ${doubts[0] ?? 'something was not read'}.`;
  const upTo =
    completeUpTo === undefined ? 'Not complete' : `Complete up to ${showMoment(completeUpTo, zone)}`;
  return `${upTo}; ${gaps.join('; ')}.`;
}

/** Words for what is known of a stretch of slots. */
const GAPS: readonly (readonly [SlotState, string, string])[] = [
  ['missing', 'has no file', 'have no file'],
  ['unreadable', 'could not be read', 'could not be read'],
  ['late', 'is not delivered yet', 'are not delivered yet'],
];

/** More than these are counted, not named. */
const MOST_NAMED = 2;

function gapsOf({ flowLogs }: Coverage, zone: string): readonly string[] {
  return GAPS.flatMap(([state, one, many]) => {
    const found = flowLogs.flatMap(({ flowLog, slots }) =>
      slots.filter((range) => range.state === state).map((range) => ({ flowLog, range })),
    );
    if (found.length === 0) return [];
    const named = found
      .slice(0, MOST_NAMED)
      .map(({ flowLog, range }) => `${stretchOf(range, zone)}${flowLogs.length > 1 ? ` of ${flowLog}` : ''}`);
    const rest = found.length - named.length;
    const all = [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(' and ');
    return [`${all} ${found.length === 1 ? one : many}`];
  });
}

/** A stretch of slots in words, in the zone and in UTC. */
export function stretchOf({ fromSeconds, toSeconds }: Slot, zone: string): string {
  return showWindow({ from: fromUnixTime(fromSeconds), to: fromUnixTime(toSeconds) }, zone);
}
