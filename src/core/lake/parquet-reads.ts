/** Where the columns of a Parquet file are, by its footer. */
export interface ParquetColumns {
  /** Of the whole file. */
  readonly bytes: number;
  /** The chunks of each field: where each begins, and its bytes. */
  readonly chunks: Readonly<Record<string, readonly Chunk[]>>;
}

type Chunk = readonly [fromByte: number, bytes: number];

/**
 * How Trino reads Parquet, of which Athena's engine is made: a small file as a whole, and chunks with what lies between them where
 * that is little. These are its defaults; Athena does not publish its own.
 * @see https://trino.io/docs/current/object-storage/file-formats.html
 */
const SMALL_FILE_BYTES = 3 * 1_048_576;
const MOST_BETWEEN_BYTES = 1_048_576;
const LONGEST_READ_BYTES = 8 * 1_048_576;
const FOOTER_BYTES = 48 * 1_024;

/** What an engine as Athena's reads of files for some fields, judged by where the columns are in one of about the same size. */
export function parquetReads(
  sizes: readonly number[],
  fields: readonly string[],
  samples: readonly ParquetColumns[],
): number {
  // Of a file that is read as a whole nothing shows how much a larger one spares.
  const large = samples.filter(({ bytes }) => bytes > SMALL_FILE_BYTES);
  const telling = large.length === 0 ? samples : large;
  const shareOf = (bytes: number) => {
    const apart = (each: ParquetColumns) => Math.abs(each.bytes - bytes);
    const [nearest] = telling.toSorted((a, b) => apart(a) - apart(b));
    return nearest === undefined ? 1 : readOf(nearest, fields) / nearest.bytes;
  };
  return Math.ceil(
    sizes.reduce((sum, bytes) => sum + (bytes <= SMALL_FILE_BYTES ? bytes : bytes * shareOf(bytes)), 0),
  );
}

function readOf({ bytes, chunks }: ParquetColumns, fields: readonly string[]): number {
  const wanted = fields.flatMap((field) => chunks[field] ?? []).toSorted(([a], [b]) => a - b);
  let read = FOOTER_BYTES;
  let [begin, end] = [0, 0];
  for (const [from, length] of wanted) {
    const isNear = from - end <= MOST_BETWEEN_BYTES && from + length - begin <= LONGEST_READ_BYTES;
    if (!isNear || end === 0) {
      read += end - begin;
      begin = from;
    }
    end = from + length;
  }
  return Math.min(read + end - begin, bytes);
}
