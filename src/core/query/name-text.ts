import type { Name } from '../lake/names.ts';
import { showClock } from '../time/show-time.ts';

/** A name for people: `db-1`, or `now app-7, since 13:58` where it was not yet called so when the window began. */
export function nameText({ name, since, before, windowEnd }: Name, zone: string): string {
  if (since === undefined) return name;
  const earlier = before === undefined ? '' : `, before ${before}`;
  return `now ${name}, since ${showClock(since, windowEnd, zone)}${earlier}`;
}
