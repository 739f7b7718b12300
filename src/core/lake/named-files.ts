import { AWS_LIMITS } from '../flow-log/aws-limits.ts';
import { pathBytes } from '../sql/literals.ts';
import type { FoundTable } from './find-table.ts';
import { s3Url } from './log-source.ts';
import type { ScannedObject } from './scan.ts';

/**
 * Characters that nothing between S3 and `$path` writes otherwise; of all others Athena does not say how it shows them,
 * and a wrong name would leave the file out without an error.
 */
const PLAIN = /^[A-Za-z0-9!_.*'()=/-]+$/;

/** Parts of a key that a path of a file system leaves out. */
const VANISHING = /(^|\/)(\.{0,2})(\/|$)/;

/**
 * The addresses by which a statement names the files of a table, sorted, so that the same files are the same text;
 * undefined where names may be wrong: it is unknown how a table that flowlog did not make writes its locations.
 */
export function namedFiles(
  { madeFor, mode }: Pick<FoundTable, 'madeFor' | 'mode'>,
  objects: readonly ScannedObject[],
): readonly string[] | undefined {
  if (mode === 'adopted') return undefined;
  if (objects.some(({ key }) => !PLAIN.test(key) || VANISHING.test(key))) return undefined;
  return objects.map(({ key }) => s3Url(madeFor.place.bucket, key)).toSorted();
}

/** What a statement has without the names of files, at most: what the query selects, and for each table its columns. */
const QUERY_BYTES = 32_768;

const TABLE_BYTES = 8_192;

/** Which of the tables of one statement can have their files named, so that it is not too long; the shortest lists first. */
export function fitting(tables: readonly (readonly string[] | undefined)[]): readonly boolean[] {
  let left = AWS_LIMITS.statementBytes - QUERY_BYTES - tables.length * TABLE_BYTES;
  const fits = tables.map(() => false);
  const sizes = tables
    .map((paths, index) => ({ index, bytes: paths?.reduce((sum, path) => sum + pathBytes(path), 0) }))
    .toSorted((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0));
  for (const { index, bytes } of sizes) {
    if (bytes === undefined || bytes > left) continue;
    left -= bytes;
    fits[index] = true;
  }
  return fits;
}
