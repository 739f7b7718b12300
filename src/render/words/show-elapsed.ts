/** Writes how long something took: `80 ms`, `0.8 s`, `1 min 5 s`. */
export function showElapsed(elapsedMs: number): string {
  if (elapsedMs < 100) return `${Math.max(Math.round(elapsedMs), 1)} ms`;
  const tenths = Math.round(elapsedMs / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(elapsedMs / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
