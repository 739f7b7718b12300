import type { Random } from '../random.ts';
import type { Moment } from './moment.ts';

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
