import { pipeline, type Readable } from 'node:stream';
import { parse } from 'csv-parse';

/** Opens an object of S3 for reading, from its start. */
export type OpenObject = (bucket: string, key: string, signal: AbortSignal) => Promise<Readable>;

/** A cell of a file of results. */
export type TextCell = string | null;

/**
 * Reads a file of results without its header, a row at a time. Athena puts every value in quotes, and writes nothing
 * at all for NULL: so the quotes alone tell an empty text from an absent one.
 */
export function readCsv(file: Readable): AsyncIterable<readonly TextCell[]> {
  const parser = parse({
    bom: true,
    fromLine: 2,
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
  // Whoever reads the rows is told what broke, and ends the file by reading no further.
  pipeline(file, parser, () => {});
  return parser;
}
