import type { Window } from '../window/window.ts';

/** A chart holds twenty points; a bucket is the first of these lengths that needs no more. */
const MOST_BUCKETS = 20;
const LENGTHS_SECONDS = [60, 300, 600, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400] as const;
const DAY_SECONDS = 86_400;

/** The length of a bucket, in seconds, that shows a window in at most twenty buckets. */
export function bucketSeconds(window: Window): number {
  const fitting = LENGTHS_SECONDS.find((length) => bucketStarts(window, length).length <= MOST_BUCKETS);
  return fitting ?? Math.ceil(lengthSeconds(window) / (MOST_BUCKETS - 1) / DAY_SECONDS) * DAY_SECONDS;
}

/** The starts of the buckets that touch the window, in epoch seconds; they lie on multiples of the length. */
export function bucketStarts({ from, to }: Window, lengthSeconds: number): readonly number[] {
  const first = Math.floor(from.getTime() / 1000 / lengthSeconds) * lengthSeconds;
  const amount = Math.max(Math.ceil((to.getTime() / 1000 - first) / lengthSeconds), 1);
  return Array.from({ length: amount }, (_, index) => first + index * lengthSeconds);
}

function lengthSeconds({ from, to }: Window): number {
  return (to.getTime() - from.getTime()) / 1000;
}
