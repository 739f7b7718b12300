/** How many of some moments lie within one second at most, in whichever second that is; they are in their order. */
export function busiestSecond(timesMs: readonly number[]): number {
  const within = timesMs.map(
    (fromMs, index) => timesMs.slice(index).filter((atMs) => atMs < fromMs + 1_000).length,
  );
  return Math.max(0, ...within);
}
