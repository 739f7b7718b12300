import { lakeOver } from '../../core/lake/lake-over.ts';
import type { OpenFolder } from '../../core/lake/opened-folder.ts';
import type { Buckets } from '../../core/ports/cloud/buckets.ts';
import type { Lake } from '../../core/ports/lake.ts';
import { rememberFolders } from './folder-cache.ts';

/** What opening folders of a bucket needs. */
export interface S3FoldersOptions {
  readonly buckets: Pick<Buckets, 'folder'>;
  readonly bucket: string;
  readonly now: () => Date;
}

/** What a lake in a bucket needs. */
export interface S3LakeOptions extends S3FoldersOptions {
  /**
   * Where it begins: `prefix/AWSLogs/123456789012/vpcflowlogs/eu-central-1`, or anything above, without a slash at
   * the end; empty for the whole bucket.
   */
  readonly under: string;
}

/** S3 answers a listing in some 50 ms and takes thousands a second: eight at once open a day of hours in three turns. */
const FOLDERS_AT_ONCE = 8;

/** Opens folders of a bucket, and remembers them for a while. Throws CloudError. */
export function rememberedFolders({ buckets, bucket, now }: S3FoldersOptions): OpenFolder {
  return rememberFolders(atMost(FOLDERS_AT_ONCE, openS3Folders(buckets, bucket)), now);
}

/** A lake in a bucket, in any of AWS's layouts. The keys of its files are those of the bucket. Throws CloudError. */
export function createS3Lake({ under, ...folders }: S3LakeOptions): Lake {
  return lakeOver(rememberedFolders(folders), under);
}

/** Athena passes over these, and AWS writes none of them. */
const HIDDEN = /^[._]/;

/** Opens folders of a bucket: the common prefixes and objects one level below. */
export function openS3Folders(buckets: Pick<Buckets, 'folder'>, bucket: string): OpenFolder {
  return async (path, signal) => {
    const prefix = path === '' ? '' : `${path}/`;
    const { objects, prefixes } = await buckets.folder(bucket, prefix, signal);
    const nameOf = (key: string) => key.slice(prefix.length);
    const sizes = new Map(objects.map(({ key, bytes }) => [nameOf(key), bytes]));
    return {
      files: [...sizes.keys()].filter(isShown),
      folders: prefixes.map((key) => nameOf(key).slice(0, -1)).filter(isShown),
      bytesOf: (file) => sizes.get(file) ?? 0,
    };
  };
}

/** A name may be empty: consoles make folders as objects that end in a slash, and two slashes may follow each other. */
function isShown(name: string): boolean {
  return name !== '' && !HIDDEN.test(name);
}

/** Opens so many folders at a time; the others wait for their turn. */
export function atMost(amount: number, open: OpenFolder): OpenFolder {
  const waiting: (() => void)[] = [];
  let free = amount;
  return async (path, signal) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      signal.throwIfAborted();
      return await open(path, signal);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
