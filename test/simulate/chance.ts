import type { Random } from '../../src/playground/aws/random.ts';

const PARTS = 1_000_000;

/** A number of at least 0 and less than 1. */
export function fraction(random: Random): number {
  return random.whole(0, PARTS - 1) / PARTS;
}

/** A time until something that happens by chance, as often as `meanMs` says. */
export function exponentialMs(meanMs: number, random: Random): number {
  return -Math.log(1 - fraction(random)) * meanMs;
}
