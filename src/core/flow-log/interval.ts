/** The longest time that one record can stand for: the aggregation interval when none was chosen. */
export const LONGEST_INTERVAL_SECONDS = 600;

/** AWS publishes a file for every five minutes; its name carries the minute at which they began. */
export const SLOT_SECONDS = 300;
