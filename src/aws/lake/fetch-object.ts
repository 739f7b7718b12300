import { type FileHandle, mkdir, open as openFile, rename, rm, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import pLimit from 'p-limit';
import type { ByteRange } from '../../core/lake/buckets.ts';
import { type Cloud, CloudError, type Site } from '../../core/lake/cloud.ts';
import { changedOf } from '../../core/lake/lake.ts';
import type { BucketOfSite, LakeObject } from '../../core/lake/scan.ts';

/** An object did not come as a whole, or is another one than was listed; S3 itself refused nothing. */
export class BrokenFetchError extends Error {
  override readonly name = 'BrokenFetchError';
}

/**
 * Fetches an object into a file, which is there as a whole or not at all. Returns how many requests that took. Throws CloudError and
 * BrokenFetchError.
 */
export type FetchObject = (
  object: Pick<LakeObject, 'key' | 'bytes' | 'mark'>,
  from: BucketOfSite,
  file: string,
  signal: AbortSignal,
) => Promise<number>;

/** How often the connection of one part may break before the file counts as one that cannot be fetched. */
const MOST_BREAKS = 3;

/** One connection to S3 brings some 90 MB a second at best: a large file comes in parts of this size, several at once. */
const PART_BYTES = 8 * 1_048_576;
const PARTS_AT_ONCE = 4;

/**
 * Fetches through the account and the region of a source, and goes on where a connection broke. The file has the object's time
 * of change, so that both have the same mark; `newId` names what is being written.
 */
export function createFetchObject(cloud: Cloud, newId: () => string): FetchObject {
  return async ({ key, bytes, mark }, from, file, signal) => {
    const site = await siteOf(cloud, from, signal);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const part = `${file}.${newId()}`;
    const unchangedSince = changedOf(mark);
    let gets = 0;
    const open: OpenRange = (range, ended) => {
      gets += 1;
      return site.buckets.body(from.bucket, key, { ...range, unchangedSince }, ended);
    };
    try {
      await fetchParts(open, bytes, part, signal);
      if (unchangedSince !== undefined) await utimes(part, unchangedSince, unchangedSince);
      await rename(part, file);
      return gets;
    } catch (error) {
      throw hasChanged(error) ? new BrokenFetchError(`${key} has changed since it was listed`) : error;
    } finally {
      await rm(part, { force: true });
    }
  };
}

type OpenRange = (range: ByteRange, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;

function hasChanged(error: unknown): boolean {
  return error instanceof CloudError && error.fault === 'PreconditionFailed';
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

/** Once one part cannot be fetched the others are given up. */
async function fetchParts(open: OpenRange, bytes: number, path: string, signal: AbortSignal): Promise<void> {
  const file = await openFile(path, 'wx', 0o600);
  const failed = new AbortController();
  const ended = AbortSignal.any([signal, failed.signal]);
  try {
    await pLimit(PARTS_AT_ONCE).map(partsOf(bytes), (part) =>
      fetchPart(open, part, file, ended).catch((error: unknown) => failed.abort(error)),
    );
    ended.throwIfAborted();
  } finally {
    await file.close();
  }
}

/** A part of an object: the last one is asked for to its end, so that an object which has grown is noticed. */
interface Part {
  readonly fromByte: number;
  readonly toByte: number;
  readonly isLast: boolean;
}

function partsOf(bytes: number): readonly Part[] {
  const parts = Math.max(Math.ceil(bytes / PART_BYTES), 1);
  return Array.from({ length: parts }, (_, index) => ({
    fromByte: index * PART_BYTES,
    toByte: Math.min((index + 1) * PART_BYTES, bytes),
    isLast: index === parts - 1,
  }));
}

/** What came before a connection broke is written: it is not fetched once more. */
async function fetchPart(
  open: OpenRange,
  { fromByte, toByte, isLast }: Part,
  file: FileHandle,
  signal: AbortSignal,
): Promise<void> {
  let at = fromByte;
  for (let breaks = 0; ; breaks += 1) {
    signal.throwIfAborted();
    const lastBreak = breaks === MOST_BREAKS;
    try {
      const body = await open({ fromByte: at, ...(!isLast && { toByte }) }, signal);
      for await (const chunk of unbroken(body)) {
        signal.throwIfAborted();
        at += await writeAt(file, at, chunk);
      }
    } catch (error) {
      if (signal.aborted || !(error instanceof BrokenFetchError) || lastBreak) throw error;
    }
    // S3 refuses a range that begins at the end, so that all that came before a break is not asked for once more.
    if (at === toByte) return;
    if (at > toByte || lastBreak)
      throw new BrokenFetchError(`${at - fromByte} bytes came of ${toByte - fromByte} that were listed`);
  }
}

async function writeAt(file: FileHandle, at: number, chunk: Uint8Array): Promise<number> {
  let written = 0;
  while (written < chunk.length)
    written += (await file.write(chunk, written, chunk.length - written, at + written)).bytesWritten;
  return written;
}

/** What comes, with a word of its own for a connection that breaks: a disk that is full is another fault. */
async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new BrokenFetchError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function unknownSite(account: string, region: string): CloudError {
  const message = `neither ${region} of ${account} nor any other region is configured`;
  return new CloudError('not-found', { call: 's3:GetObject', fault: 'NotConfigured', message });
}
