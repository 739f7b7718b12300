import type { Coverage, LogCoverage } from '../../core/query/coverage.ts';

/** What a question found of the newest files of a flow log. */
export interface Freshness {
  /** What the names of its files begin with. */
  readonly source: string;
  /**
   * The end of the newest slot of which a file was read. Where none was, the start of what was looked through: the
   * newest file is older than that.
   */
  readonly newestSeconds: number;
}

/** A window that ended longer ago does not show what is newest, in seconds. */
const RECENT_SECONDS = 900;

/**
 * How fresh the flow logs of an answer are, by what its question read anyway: no call is made for it. A question about
 * the past says nothing of it.
 */
export function freshnessOf({ flowLogs }: Coverage, windowEnd: Date, now: Date): readonly Freshness[] {
  if (now.getTime() - windowEnd.getTime() > RECENT_SECONDS * 1000) return [];
  return flowLogs.flatMap((flowLog) => {
    const newestSeconds = newestRead(flowLog);
    return newestSeconds === undefined ? [] : [{ source: flowLog.flowLog, newestSeconds }];
  });
}

function newestRead({ slots }: LogCoverage): number | undefined {
  return slots.findLast(({ state }) => state === 'read')?.toSeconds ?? slots[0]?.fromSeconds;
}
