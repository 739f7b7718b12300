import type { Kind, Wording } from './kind.ts';

/** A kind that is told otherwise than by its own words: what its values mean in this place. */
export function worded<T>(kind: Kind<T>, wording: Wording): Kind<T> {
  return { ...kind, ...wording };
}
