import { nameTimeSeconds } from '../flow-log/object-time.ts';
import type { LogSource } from './log-source.ts';

/**
 * Whether a file is of a flow log: others may deliver under the same prefix, and AWS writes the id into the name. Of a
 * source that is only configured every file is, and of a name that is not AWS's nobody knows.
 */
export function isOfFlowLog(key: string, { flowLog }: Pick<LogSource, 'flowLog'>): boolean {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return flowLog === undefined || nameTimeSeconds(name) === undefined || name.includes(`_${flowLog.id}_`);
}
