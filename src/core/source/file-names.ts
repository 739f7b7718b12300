import type { LogSource } from './log-source.ts';

/**
 * What AWS begins the names of a flow log's files with, as `flowLogOf` reads it; undefined for a source that is only
 * configured.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html
 */
export function fileNames({
  account,
  region,
  flowLog,
}: Pick<LogSource, 'account' | 'region' | 'flowLog'>): string | undefined {
  return flowLog && `${account}_vpcflowlogs_${region}_${flowLog.id}`;
}
