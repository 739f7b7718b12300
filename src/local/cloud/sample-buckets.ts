import { open, rm, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Bucket, BucketFolder, Buckets, StoredObject } from '../../core/ports/cloud/buckets.ts';
import { openFolder } from '../lake/open-folder.ts';
import { SAMPLE_NETWORK } from '../sample/network/network.ts';
import { bucketFolder, SAMPLE_BUCKET } from './bucket-folder.ts';
import type { StateFile } from './sample-state.ts';

/** Buckets as folders under the sample's own. */
export function createSampleBuckets(folder: string, state: StateFile): Buckets {
  const rootOf = (bucket: string) => join(folder, bucketFolder(bucket));

  async function level(bucket: string, prefix: string): Promise<BucketFolder> {
    const root = rootOf(bucket);
    const { files, folders } = await openFolder(root, prefix).catch(() => ({ files: [], folders: [] }));
    const shown =
      bucket === SAMPLE_BUCKET && prefix === '' ? folders.filter((name) => name === 'AWSLogs') : folders;
    return {
      objects: await Promise.all(files.map((name) => objectAt(root, posix.join(prefix, name)))),
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
      if (bucket === SAMPLE_BUCKET) return bucketOf(bucket, undefined);
      return stored === undefined ? undefined : bucketOf(bucket, stored.expiryDays ?? undefined);
    },
    create: (bucket) =>
      state.change((current) => ({
        ...current,
        buckets: { [bucket]: { policy: null, expiryDays: null }, ...current.buckets },
      })),
    policy: async (bucket) => (await state.read()).buckets[bucket]?.policy ?? undefined,
    putPolicy: (bucket, policy) => change(state, bucket, { policy }),
    putExpiry: (bucket, _prefix, expiryDays) => change(state, bucket, { expiryDays }),
    folder: level,
    pages,
    async head(bucket, key, bytes) {
      const file = await open(join(rootOf(bucket), key));
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
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

async function objectAt(root: string, key: string): Promise<StoredObject> {
  const { size, mtime } = await stat(join(root, key));
  return { key, bytes: size, modifiedAt: mtime };
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

function change(
  state: StateFile,
  bucket: string,
  to: Partial<{ readonly policy: string; readonly expiryDays: number }>,
): Promise<void> {
  return state.change((current) => {
    const before = current.buckets[bucket] ?? { policy: null, expiryDays: null };
    return { ...current, buckets: { ...current.buckets, [bucket]: { ...before, ...to } } };
  });
}
