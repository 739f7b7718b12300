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

/** When an exchange was first and last seen within its minute. */
export interface Times {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A connection that talks all through the minute. */
export function throughout(moment: Moment, random: Random): Times {
  return {
    startSeconds: moment.startSeconds + random.whole(0, 5),
    endSeconds: moment.startSeconds + random.whole(50, 59),
  };
}

/** Something short that is over within the minute. */
export function briefly(moment: Moment, random: Random): Times {
  const startSeconds = moment.startSeconds + random.whole(0, 52);
  // At most 59: a record of the next second would belong to the next minute's file.
  return { startSeconds, endSeconds: startSeconds + random.whole(1, 7) };
}

/** A client's port, from the range that Linux takes them from. */
export function clientPort(random: Random): number {
  return random.whole(32768, 60999);
}
