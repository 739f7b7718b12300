import { mkdir, open as openFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Cloud } from '../../core/lake/cloud.ts';
import { changedOf } from '../../core/lake/lake.ts';
import { BrokenFetchError, type FetchObject, siteOf } from './fetch-object.ts';

/** The footers of AWS's files have some 20 KB: this holds one of a thousand columns. */
const END_BYTES = 262_144;
/** Behind the footer come its length and the sign of a Parquet file. */
const SIGN_BYTES = 8;
const SIGN = 'PAR1';

/**
 * Fetches the end of a Parquet file, with its footer, into a file of the same size without anything else: only the footer can be
 * read of it. Throws CloudError, and BrokenFetchError where the footer is not in it as a whole.
 */
export function createFetchEnd(cloud: Cloud): FetchObject {
  return async ({ key, bytes, mark }, from, file, signal) => {
    const { buckets } = await siteOf(cloud, from, signal);
    const fromByte = Math.max(bytes - END_BYTES, 0);
    const chunks: Uint8Array[] = [];
    const range = { fromByte, unchangedSince: changedOf(mark) };
    for await (const chunk of await buckets.body(from.bucket, key, range, signal)) chunks.push(chunk);
    const end = Buffer.concat(chunks);
    if (end.length !== bytes - fromByte || !hasWholeFooter(end))
      throw new BrokenFetchError(`the footer of ${key} is not in its last ${END_BYTES} bytes`);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const written = await openFile(file, 'wx', 0o600);
    try {
      await written.truncate(bytes);
      await written.write(end, 0, end.length, fromByte);
      return 1;
    } finally {
      await written.close();
    }
  };
}

function hasWholeFooter(end: Buffer): boolean {
  if (end.length < SIGN_BYTES || end.toString('latin1', end.length - SIGN.length) !== SIGN) return false;
  return end.readUInt32LE(end.length - SIGN_BYTES) + SIGN_BYTES <= end.length;
}
