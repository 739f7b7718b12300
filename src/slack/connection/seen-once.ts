/** Remembers for a while what was seen. */
export interface SeenOnce {
  /** True the first time. */
  isNew(key: string): boolean;
}

/** Slack sends an event again for five minutes, and a stolen request is good for as long. */
const KEEP_MS = 15 * 60_000;
const MOST = 20_000;

/** Creates the memory: it forgets what is old, and the oldest when it is full. */
export function createSeenOnce(now: () => Date): SeenOnce {
  const seen = new Map<string, number>();
  return {
    isNew(key) {
      const nowMs = now().getTime();
      for (const [old, atMs] of seen) {
        if (nowMs - atMs <= KEEP_MS && seen.size < MOST) break;
        seen.delete(old);
      }
      if (seen.has(key)) return false;
      seen.set(key, nowMs);
      return true;
    },
  };
}
