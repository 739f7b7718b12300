import { resourceId } from '../../args/resource-id.ts';
import type { LogSource } from '../log-source.ts';

/** What tells whose files are of a source. */
export type NamedSource = Pick<LogSource, 'name' | 'account' | 'region' | 'flowLog'>;

const FLOW_LOG_ID = resourceId('fl');

/**
 * What AWS begins the names of a flow log's files with, as `flowLogOf` reads it. Undefined for a source that is only
 * configured, unless it is called by the id of a flow log: it stands for all that is delivered to its place.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html
 */
export function fileNames({ name, account, region, flowLog }: NamedSource): string | undefined {
  const id = flowLog?.id ?? ('value' in FLOW_LOG_ID.read(name) ? name : undefined);
  return id && `${account}_vpcflowlogs_${region}_${id}`;
}
