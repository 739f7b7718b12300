import { mkdir, open as openFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Cloud, CloudError, type Site } from '../../core/lake/cloud.ts';
import { changedOf } from '../../core/lake/lake.ts';
import type { BucketOfSite, LakeObject } from '../../core/lake/scan.ts';

/** An object did not come as a whole, or is another one than was listed; S3 itself refused nothing. */
export class BrokenFetchError extends Error {
  override readonly name = 'BrokenFetchError';
}

/** Fetches an object into a file, which is there as a whole or not at all. Throws CloudError and BrokenFetchError. */
export type FetchObject = (
  object: Pick<LakeObject, 'key' | 'bytes' | 'mark'>,
  from: BucketOfSite,
  file: string,
  signal: AbortSignal,
) => Promise<void>;

/** How often a connection may break before the file counts as one that cannot be fetched. */
const MOST_BREAKS = 3;

/**
 * Fetches through the account and the region of a source, and goes on where a connection broke. The file has the object's time
 * of change, so that both have the same mark; `newId` names what is being written.
 */
export function createFetchObject(cloud: Cloud, newId: () => string): FetchObject {
  return async ({ key, bytes, mark }, from, file, signal) => {
    const site = await siteOf(cloud, from, signal);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const part = `${file}.${newId()}`;
    try {
      await fetchAll(
        (fromByte) => site.buckets.body(from.bucket, key, fromByte, signal),
        bytes,
        part,
        signal,
      );
      const changed = changedOf(mark);
      if (changed !== undefined) await utimes(part, changed, changed);
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
    }
  };
}

/** What reaches a bucket: its own account and region, or else the first. @throws CloudError where there is none. */
export async function siteOf(
  cloud: Cloud,
  { account, region }: BucketOfSite,
  signal: AbortSignal,
): Promise<Site> {
  const sites = await cloud.sites(signal);
  const site = sites.find((each) => each.account === account && each.region === region) ?? sites[0];
  if (site === undefined) throw unknownSite(account, region);
  return site;
}

async function fetchAll(
  open: (fromByte: number) => Promise<AsyncIterable<Uint8Array>>,
  bytes: number,
  part: string,
  signal: AbortSignal,
): Promise<void> {
  for (let breaks = 0; ; breaks += 1) {
    const written = await sizeOf(part);
    // S3 refuses a range that begins at the end.
    if (written === bytes && bytes > 0) return;
    try {
      await append(await open(written), part, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof BrokenFetchError) || breaks === MOST_BREAKS) throw error;
      continue;
    }
    const got = await sizeOf(part);
    if (got === bytes) return;
    if (got > bytes || breaks === MOST_BREAKS)
      throw new BrokenFetchError(`the object has ${got} bytes, and was listed with ${bytes}`);
  }
}

/** What came before a connection broke is written: it is not fetched once more. */
async function append(body: AsyncIterable<Uint8Array>, part: string, signal: AbortSignal): Promise<void> {
  const file = await openFile(part, 'a', 0o600);
  try {
    for await (const chunk of unbroken(body)) {
      signal.throwIfAborted();
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
}

/** What comes, with a word of its own for a connection that breaks: a disk that is full is another fault. */
async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new BrokenFetchError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function unknownSite(account: string, region: string): CloudError {
  const message = `neither ${region} of ${account} nor any other region is configured`;
  return new CloudError('not-found', { call: 's3:GetObject', fault: 'NotConfigured', message });
}
