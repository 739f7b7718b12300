import { pipeline, type Readable } from 'node:stream';
import type { QueryExecution } from '@aws-sdk/client-athena';
import { parse } from 'csv-parse';
import type { ResultPart } from '../../core/answer/engine.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';

/** Opens an object of S3 for reading, from its start. */
export type OpenObject = (bucket: string, key: string, signal: AbortSignal) => Promise<Readable>;

/** A cell of a result; null for NULL. */
export type TextCell = string | null;

/** How the file of a result is read. */
export interface ResultFileOptions {
  readonly openObject: OpenObject | undefined;
  readonly columns: readonly string[];
  /** Rows that were read in pages already. */
  readonly skip: number;
}

const LOCATION = /^s3:\/\/([^/]+)\/(.+)$/;

/**
 * The rows of an execution from the file that Athena wrote, as many at a time as a page has. @throws when there is no
 * file, as with results that Athena keeps itself, or when it cannot be read.
 */
export async function* partsOfFile(
  { ResultConfiguration }: QueryExecution,
  { openObject, columns, skip }: ResultFileOptions,
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

/**
 * Reads a file of results without its header, a row at a time. Athena puts every value in quotes, and writes nothing
 * at all for NULL: so the quotes alone distinguish an empty text from an absent one.
 */
export function readCsv(file: Readable): AsyncIterable<readonly TextCell[]> {
  const parser = parse({
    bom: true,
    fromLine: 2,
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
  // A fault of the file reaches whoever reads the rows; to read no further ends the file.
  pipeline(file, parser, () => {});
  return parser;
}
