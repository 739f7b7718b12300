import { open, rm, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Bucket, BucketFolder, Buckets, StoredObject } from '../../../core/lake/buckets.ts';
import { CloudError } from '../../../core/lake/cloud.ts';
import { openFolder } from '../../../duckdb/lake/folder-lake.ts';
import { SAMPLE_NETWORK } from '../network.ts';
import type { SampleState, StateFile } from './sample-state.ts';

/** Buckets as folders under the sample's own. */
export function createSampleBuckets(folder: string, state: StateFile): Buckets {
  const rootOf = (bucket: string) => join(folder, bucketFolder(bucket));

  async function level(bucket: string, prefix: string): Promise<BucketFolder> {
    const root = rootOf(bucket);
    const { files, folders } = await openFolder(root, prefix).catch(() => ({ files: [], folders: [] }));
    const shown =
      bucket === SAMPLE_BUCKET && prefix === '' ? folders.filter((name) => name === 'AWSLogs') : folders;
    return {
      objects: (await Promise.all(files.map((name) => objectAt(root, posix.join(prefix, name))))).flat(),
      prefixes: shown.map((name) => `${posix.join(prefix, name)}/`),
    };
  }

  async function* pages(bucket: string, prefix: string): AsyncGenerator<readonly StoredObject[]> {
    const { objects, prefixes } = await level(bucket, prefix);
    if (objects.length > 0) yield objects;
    for (const inner of prefixes) yield* pages(bucket, inner);
  }

  return {
    async find(bucket) {
      const stored = (await state.read()).buckets[bucket];
      if (stored === undefined && bucket !== SAMPLE_BUCKET) return undefined;
      return bucketOf(bucket, stored?.expiryDays ?? undefined);
    },
    create: (bucket) =>
      state.change((current) => ({
        ...current,
        buckets: { [bucket]: { policy: null, expiryDays: null }, ...current.buckets },
      })),
    async policy(bucket) {
      const current = await state.read();
      refuseMissing(current, bucket, 's3:GetBucketPolicy');
      return current.buckets[bucket]?.policy ?? undefined;
    },
    putPolicy: (bucket, policy) => change(state, bucket, { policy }),
    putExpiry: (bucket, _prefix, expiryDays) => change(state, bucket, { expiryDays }),
    folder: level,
    pages,
    async head(bucket, key, bytes) {
      const file = await open(join(rootOf(bucket), key)).catch(noObject(key));
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    async body(bucket, key, { fromByte: start, toByte, unchangedSince }) {
      const file = await open(join(rootOf(bucket), key)).catch(noObject(key));
      if (unchangedSince !== undefined && (await file.stat()).mtime > unchangedSince) {
        await file.close();
        throw hasChanged(key);
      }
      return file.createReadStream({ start, ...(toByte !== undefined && { end: toByte - 1 }) });
    },
    async *versions(bucket, prefix) {
      for await (const page of pages(bucket, prefix))
        yield page.map(({ key }) => ({ key, versionId: undefined }));
    },
    async delete(bucket, versions) {
      for (const { key } of versions) await rm(join(rootOf(bucket), key), { force: true });
      return [];
    },
  };
}

/** None when it went away since its folder was listed. */
async function objectAt(root: string, key: string): Promise<readonly StoredObject[]> {
  return stat(join(root, key)).then(
    ({ size, mtime }) => [{ key, bytes: size, modifiedAt: mtime }],
    () => [],
  );
}

function bucketOf(name: string, expiryDays: number | undefined): Bucket {
  return {
    name,
    region: SAMPLE_NETWORK.region,
    ours: true,
    encryption: { kind: 's3' },
    publicAccessBlocked: true,
    versioned: false,
    objectLock: false,
    expiryDays,
  };
}

/** @throws CloudError for a bucket that was not created. */
function refuseMissing({ buckets }: SampleState, bucket: string, call: string): void {
  if (bucket === SAMPLE_BUCKET || buckets[bucket] !== undefined) return;
  throw new CloudError('not-found', {
    call,
    fault: 'NoSuchBucket',
    message: `The bucket ${bucket} does not exist`,
  });
}

function noObject(key: string) {
  return (cause: unknown): never => {
    const facts = { call: 's3:GetObject', fault: 'NoSuchKey', message: `The key ${key} does not exist` };
    throw new CloudError('not-found', facts, { cause });
  };
}

function hasChanged(key: string): CloudError {
  const message = `${key} is not the object that was listed`;
  return new CloudError('broken', { call: 's3:GetObject', fault: 'PreconditionFailed', message });
}

function change(
  state: StateFile,
  bucket: string,
  to: Partial<{ readonly policy: string; readonly expiryDays: number }>,
): Promise<void> {
  return state.change((current) => {
    refuseMissing(
      current,
      bucket,
      to.policy === undefined ? 's3:PutLifecycleConfiguration' : 's3:PutBucketPolicy',
    );
    const before = current.buckets[bucket] ?? { policy: null, expiryDays: null };
    return { ...current, buckets: { ...current.buckets, [bucket]: { ...before, ...to } } };
  });
}

/** The bucket of the flow log that the sample network has from the beginning; its files are at the lake's own root. */
export const SAMPLE_BUCKET = 'sample-flow-logs';

/** The folder of a bucket, relative to the sample's own: buckets that were set up are next to each other. */
export function bucketFolder(bucket: string): string {
  return bucket === SAMPLE_BUCKET ? '' : join('buckets', bucket);
}
