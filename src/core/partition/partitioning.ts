/** A partition key that follows the time, and how its values are written: `p_hour` as `yyyy/MM/dd/HH`. */
export interface TimeKey {
  readonly column: string;
  /** A date-fns pattern, read in UTC. */
  readonly pattern: string;
  readonly type: 'string' | 'integer' | 'date';
}

/** How a table is cut into partitions: what a statement must say so that only the window's are read. */
export interface Partitioning {
  readonly grain: 'hour' | 'day';
  /** Keys that have one value for the whole source: account and region. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Keys that together name a day or an hour. */
  readonly time: readonly TimeKey[];
}
