import type { Window } from '../../window/window.ts';

/** Files of a window come for half an hour after its end at most. */
const SETTLED_MINUTES = 30;

/** Even of a window that ended long ago: somebody may have repaired its files or its table since. */
const MOST_MINUTES = 60;

/**
 * How old an earlier result of the same statement may be to stand for a new one, in whole minutes, at least 1: as old
 * as it can be and still be made when all files of the window were there. Undefined when none may stand. It is told
 * from when the question was asked, so that it is the same for every attempt at it, and an attempt made later only
 * reuses what is younger still.
 */
export function reusedMinutes({ to }: Window, askedAt: Date): number | undefined {
  const minutes = Math.floor((askedAt.getTime() - to.getTime()) / 60_000) - SETTLED_MINUTES;
  return minutes < 1 ? undefined : Math.min(minutes, MOST_MINUTES);
}
