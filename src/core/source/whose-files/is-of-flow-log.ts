import { flowLogOf, nameTimeSeconds } from '../../flow-log/object-time.ts';
import { fileNames, type NamedSource } from './file-names.ts';

/**
 * Whether a file is of a flow log: others may deliver under the same prefix, and AWS writes the id into the name. Of a
 * source that is not of one flow log every file is, and of a name that is not AWS's nobody knows.
 */
export function isOfFlowLog(key: string, source: NamedSource): boolean {
  const names = fileNames(source);
  return names === undefined || nameTimeSeconds(key) === undefined || flowLogOf(key) === names;
}
