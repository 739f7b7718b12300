import { AWS_LIMITS } from '../aws-limits.ts';

/** The longest time that one record can stand for: the aggregation interval when none was chosen. */
export const [, LONGEST_INTERVAL_SECONDS] = AWS_LIMITS.intervalsSeconds;

/** AWS publishes a file for every five minutes; its name carries the minute at which they began. */
export const SLOT_SECONDS = AWS_LIMITS.slotSeconds;
