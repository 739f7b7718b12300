/** One event of a log group; AWS writes one for each record. */
export interface LogEvent {
  /** Of a flow log: when its record began, in epoch milliseconds. */
  readonly timestampMs: number;
  /** The fields of the record, as a line of a file has them. */
  readonly message: string;
}

/** Some events of a log group. */
export interface WantedEvents {
  readonly logGroup: string;
  /** By their timestamps, in epoch seconds, up to but not including `toSeconds`. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** So many of them at most, the oldest; all of them when left out. */
  readonly most?: number;
}

/** The log groups of one region of one account. */
export interface LogGroups {
  /** Their events, those of one call at a time; a call may give none although others follow. Throws CloudError. */
  pages(wanted: WantedEvents, signal: AbortSignal): AsyncIterable<readonly LogEvent[]>;
}
