/** So many calls in any stretch of time, as AWS and Slack count them. */
export interface Allowance {
  /** Counts a call, and returns 0; or returns for how many milliseconds none is taken any more, and counts nothing. */
  take(): number;
}

/** Creates one that takes `most` calls in each `perMs` milliseconds. */
export function createAllowance(most: number, perMs: number, elapsedMs: () => number): Allowance {
  let taken: readonly number[] = [];
  return {
    take() {
      const nowMs = elapsedMs();
      taken = taken.filter((atMs) => atMs > nowMs - perMs);
      const [oldest] = taken;
      if (oldest !== undefined && taken.length >= most) return oldest + perMs - nowMs;
      taken = [...taken, nowMs];
      return 0;
    },
  };
}
