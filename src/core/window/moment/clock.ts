/** What reading a time needs to know of the asker: when they ask, and in which time zone their clock runs. */
export interface Clock {
  readonly now: Date;
  /** An IANA name. */
  readonly zone: string;
}
