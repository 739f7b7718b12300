/**
 * Whether what was at one instant is younger than so many milliseconds at another. What is later than that instant is not:
 * the clock was put back since, and what is remembered would be kept for as long as that.
 */
export function isYoungerThan(lastsMs: number, sinceMs: number, nowMs: number): boolean {
  const ageMs = nowMs - sinceMs;
  return ageMs >= 0 && ageMs < lastsMs;
}
