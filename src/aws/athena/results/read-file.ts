import type { QueryExecution } from '@aws-sdk/client-athena';
import { type OpenObject, readCsv, type TextCell } from './read-csv.ts';

const LOCATION = /^s3:\/\/([^/]+)\/(.+)$/;

/**
 * The rows of an execution from the file that Athena wrote; undefined when there is no file, as with results that
 * Athena keeps itself, or when it cannot be read: every row can be had in pages too.
 */
export async function readFile(
  { ResultConfiguration }: QueryExecution,
  openObject: OpenObject | undefined,
  signal: AbortSignal,
): Promise<readonly (readonly TextCell[])[] | undefined> {
  const [, bucket, key] = LOCATION.exec(ResultConfiguration?.OutputLocation ?? '') ?? [];
  if (openObject === undefined || bucket === undefined || key === undefined) return undefined;
  try {
    return await readCsv(await openObject(bucket, key, signal), signal);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
