import pLimit from 'p-limit';
import type { Buckets } from '../../core/lake/buckets.ts';
import { type Lake, lakeOver, markOf, type OpenFolder } from '../../core/lake/lake.ts';
import { cachedFolders } from './folder-cache.ts';

/** A bucket whose folders are listed. */
export interface BucketOptions {
  readonly buckets: Pick<Buckets, 'folder'>;
  readonly bucket: string;
  readonly now: () => Date;
}

/** A part of a bucket. */
export interface S3LakeOptions extends BucketOptions {
  /**
   * Where it begins: `prefix/AWSLogs/123456789012/vpcflowlogs/eu-central-1`, or anything above, without a slash at
   * the end; empty for the whole bucket.
   */
  readonly under: string;
}

/** A lake in a bucket, in any of AWS's layouts. The keys of its files are those of the bucket. Throws CloudError. */
export function createS3Lake({ under, ...bucket }: S3LakeOptions): Lake {
  return lakeOver(openBucketFolders(bucket), under);
}

/** S3 answers a listing in some 50 ms and takes thousands a second: eight at once open a day of hours in three turns. */
const FOLDERS_AT_ONCE = 8;

/** Opens folders of a bucket, eight at once, and caches them. Throws CloudError. */
export function openBucketFolders({ buckets, bucket, now }: BucketOptions): OpenFolder {
  const limit = pLimit(FOLDERS_AT_ONCE);
  const open: OpenFolder = (path, signal) =>
    limit(() => {
      signal.throwIfAborted();
      return listFolder(buckets, bucket, path, signal);
    });
  return cachedFolders(open, now);
}

/** The common prefixes and objects one level below a path. */
async function listFolder(
  buckets: Pick<Buckets, 'folder'>,
  bucket: string,
  path: string,
  signal: AbortSignal,
) {
  const prefix = path === '' ? '' : `${path}/`;
  const { objects, prefixes } = await buckets.folder(bucket, prefix, signal);
  const nameOf = (key: string) => key.slice(prefix.length);
  const listed = new Map(
    objects.map(({ key, bytes, modifiedAt }) => [
      nameOf(key),
      { bytes, mark: markOf(bytes, modifiedAt.getTime()) },
    ]),
  );
  return {
    files: [...listed.keys()].filter(isShown),
    folders: prefixes.map((key) => nameOf(key).slice(0, -1)).filter(isShown),
    lookAt: (file: string) => listed.get(file) ?? { bytes: 0 },
  };
}

/** Athena passes over these, and AWS writes none of them. */
const HIDDEN = /^[._]/;

/** A name may be empty: consoles make folders as objects that end in a slash, and two slashes may follow each other. */
function isShown(name: string): boolean {
  return name !== '' && !HIDDEN.test(name);
}
