import { flowLogOf, nameTimeSeconds } from '../flow-log/object-time.ts';
import { fileNames } from './file-names.ts';
import type { LogSource } from './log-source.ts';

/**
 * Whether a file is of a flow log: others may deliver under the same prefix, and AWS writes the id into the name. Of a
 * source that is only configured every file is, and of a name that is not AWS's nobody knows.
 */
export function isOfFlowLog(key: string, source: Pick<LogSource, 'account' | 'region' | 'flowLog'>): boolean {
  const names = fileNames(source);
  return names === undefined || nameTimeSeconds(key) === undefined || flowLogOf(key) === names;
}
