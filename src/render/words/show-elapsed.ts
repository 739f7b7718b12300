/** Writes how long something took: `80 ms`, `0.8 s`, `1 min 5 s`. */
export function showElapsed(elapsedMs: number): string {
  if (elapsedMs < 100) return `${Math.max(Math.round(elapsedMs), 1)} ms`;
  const seconds = elapsedMs / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
