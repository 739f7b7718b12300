/** Hands out message timestamps: seconds and microseconds, never the same twice even while the clock stands still. */
export function createTimestamps(now: () => Date): () => string {
  let lastMicros = 0;
  return () => {
    lastMicros = Math.max(now().getTime() * 1000, lastMicros + 1);
    const seconds = Math.floor(lastMicros / 1_000_000);
    return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
  };
}
