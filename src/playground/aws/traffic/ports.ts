import type { Random } from '../random.ts';

/** A client's port, from the range that Linux takes them from. */
export function clientPort(random: Random): number {
  return random.whole(32768, 60999);
}
