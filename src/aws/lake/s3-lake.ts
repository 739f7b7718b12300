import type { Buckets } from '../../core/lake/buckets.ts';
import { type Lake, lakeOver, type OpenFolder } from '../../core/lake/lake.ts';
import { atMost } from './at-most.ts';
import { rememberFolders } from './remember-folders.ts';
import { openS3Folders } from './s3-folder.ts';

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
