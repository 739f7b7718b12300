import type { Window } from '../window/window.ts';

/**
 * Files of a window come for half an hour after its end at most. A result that is an hour old, the oldest that an
 * engine may reuse, was then made when all of them were there.
 */
const SETTLED_MS = (30 + 60) * 60_000;

/** Whether an earlier result of the same statement is as good as a new one. */
export function isReusable({ to }: Window, now: Date): boolean {
  return now.getTime() - to.getTime() > SETTLED_MS;
}
