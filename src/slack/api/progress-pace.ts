import { LIMITS } from '../../render/limits.ts';

/** Answers need updates of Slack's allowance too: progress takes half of it. */
const EVERY_MS = 60_000 / (LIMITS.updatesAMinute / 2);

/** As many at once as a few questions show in their first seconds. */
const MOST_AT_ONCE = 10;

/** How often progress may be written, over all requests: what may not is dropped, and a newer one or the answer follows. */
export interface ProgressPace {
  /** Whether one may be written now, which is counted. */
  mayWrite(): boolean;
  /** Takes how long Slack asks to wait. */
  holdFor(milliseconds: number): void;
}

/**
 * Creates the pace: it holds up no answer, and no channel for the sake of another. `share` says how many processes write in
 * this workspace: each takes an equal part of what Slack allows. Once `stopping` is aborted there are no answers to hold up.
 */
export function createProgressPace(
  now: () => Date,
  share: () => number = () => 1,
  stopping?: AbortSignal,
): ProgressPace {
  let left = MOST_AT_ONCE;
  let countedMs = now().getTime();
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  return {
    mayWrite() {
      const nowMs = now().getTime();
      // A clock that was put back gives nothing and takes nothing.
      left = Math.min(MOST_AT_ONCE, left + Math.max(0, nowMs - countedMs) / (EVERY_MS * share()));
      countedMs = nowMs;
      if (nowMs < quietUntilMs) return false;
      // Each question that waits says so, once.
      if (stopping?.aborted) return true;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    holdFor(milliseconds) {
      quietUntilMs = Math.max(quietUntilMs, now().getTime() + milliseconds);
    },
  };
}
