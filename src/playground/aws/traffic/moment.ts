import { createRandom, type Random } from '../random.ts';

/** A minute for which traffic is made: everything that the traffic may depend on. */
export interface Moment {
  /** Whole minutes since 1970. */
  readonly minute: number;
  readonly startSeconds: number;
  /** Minutes since the anchor; negative before it. */
  readonly anchorOffset: number;
  /** Chance of an actor in this minute. */
  random(...actor: readonly (string | number)[]): Random;
  /** Chance of an actor that stays the same in every minute. */
  lasting(...actor: readonly (string | number)[]): Random;
}

/** The moment of a minute in the sample of a seed and an anchor. */
export function momentOf(seed: number, anchorMinute: number, minute: number): Moment {
  return {
    minute,
    startSeconds: minute * 60,
    anchorOffset: minute - anchorMinute,
    random: (...actor) => createRandom(seed, ...actor, minute),
    lasting: (...actor) => createRandom(seed, ...actor),
  };
}
