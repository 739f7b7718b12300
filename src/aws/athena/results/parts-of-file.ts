import type { QueryExecution } from '@aws-sdk/client-athena';
import type { ResultPart } from '../../../core/answer/engine.ts';
import { AWS_LIMITS } from '../../../core/flow-log/aws-limits.ts';
import { type OpenObject, readCsv } from './read-csv.ts';

/** How the file of a result is read. */
export interface FileOptions {
  readonly openObject: OpenObject | undefined;
  readonly columns: readonly string[];
  /** Rows that were had already. */
  readonly skip: number;
}

const LOCATION = /^s3:\/\/([^/]+)\/(.+)$/;

/**
 * The rows of an execution from the file that Athena wrote, as many at a time as a page has. @throws when there is no
 * file, as with results that Athena keeps itself, or when it cannot be read.
 */
export async function* partsOfFile(
  { ResultConfiguration }: QueryExecution,
  { openObject, columns, skip }: FileOptions,
  signal: AbortSignal,
): AsyncGenerator<ResultPart, void> {
  const [, bucket, key] = LOCATION.exec(ResultConfiguration?.OutputLocation ?? '') ?? [];
  if (openObject === undefined || bucket === undefined || key === undefined)
    throw new Error('there is no file of the result that may be read');
  const file = await openObject(bucket, key, signal);
  let rows: ResultPart['rows'][number][] = [];
  let index = 0;
  for await (const row of readCsv(file)) {
    signal.throwIfAborted();
    index += 1;
    if (index > skip) rows.push(row);
    if (rows.length < AWS_LIMITS.resultRowsPerPage) continue;
    yield { columns, rows };
    rows = [];
  }
  yield { columns, rows };
}
