import type { LogEvent } from './log-groups.ts';

/** A query of CloudWatch Logs Insights over the events of one log group. */
export interface InsightsQuery {
  readonly logGroup: string;
  /** By the timestamps of events, in epoch seconds, up to but not including `toSeconds`. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** In the language of Logs Insights. */
  readonly text: string;
}

/** Where a query is; only one that is complete has all of its rows. */
export type InsightsState = 'under-way' | 'complete' | 'stopped' | 'failed';

/** What is known of a query at one moment. */
export interface InsightsLook {
  readonly state: InsightsState;
  /** What has been read, and is charged. */
  readonly scannedBytes: number;
}

/** The rows of a query that is complete. */
export interface InsightsRows extends InsightsLook {
  readonly events: readonly LogEvent[];
  /** Whether there are events that match and that were not given. */
  readonly isCut: boolean;
}

/** CloudWatch Logs Insights in one region of one account: it reads log groups where they are, and bills the bytes. Throws CloudError. */
export interface LogInsights {
  /** Returns its id. It has no token, and is called once: the same call again is another query, and is billed again. */
  start(query: InsightsQuery, signal: AbortSignal): Promise<string>;
  /** The newest query with a mark in its text that is under way or complete; undefined where there is none. */
  find(logGroup: string, mark: string, signal: AbortSignal): Promise<string | undefined>;
  look(id: string, signal: AbortSignal): Promise<InsightsLook>;
  /** Reads the rows of a query that is complete. */
  rows(id: string, signal: AbortSignal): Promise<InsightsRows>;
  /** Stops one; what it has read until then is charged. */
  stop(id: string, signal: AbortSignal): Promise<void>;
}
