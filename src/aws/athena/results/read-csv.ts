import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';

/** Opens an object of S3 for reading, from its start. */
export type OpenObject = (bucket: string, key: string, signal: AbortSignal) => Promise<Readable>;

/** A cell of a file of results. */
export type TextCell = string | null;

/**
 * Reads a file of results without its header. Athena puts every value in quotes, and writes nothing at all for NULL:
 * so the quotes alone tell an empty text from an absent one.
 */
export async function readCsv(
  file: Readable,
  signal: AbortSignal,
): Promise<readonly (readonly TextCell[])[]> {
  const rows: TextCell[][] = [];
  const parser = parse({
    bom: true,
    fromLine: 2,
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
  await pipeline(
    file,
    parser,
    async (records: AsyncIterable<TextCell[]>) => {
      for await (const record of records) rows.push(record);
    },
    { signal },
  );
  return rows;
}
