import { lakeExtent } from '../../core/lake/lake-extent.ts';
import { walkLake } from '../../core/lake/walk-lake.ts';
import type { Buckets } from '../../core/ports/cloud/buckets.ts';
import type { Lake } from '../../core/ports/lake.ts';
import { atMost } from './at-most.ts';
import { rememberFolders } from './remember-folders.ts';
import { openS3Folders } from './s3-folder.ts';

/** What a lake in a bucket needs. */
export interface S3LakeOptions {
  readonly buckets: Pick<Buckets, 'folder'>;
  readonly bucket: string;
  /**
   * Where it begins: `prefix/AWSLogs/123456789012/vpcflowlogs/eu-central-1`, or anything above, without a slash at
   * the end; empty for the whole bucket.
   */
  readonly under: string;
  readonly now: () => Date;
}

/** S3 answers a listing in some 50 ms and takes thousands a second: eight at once open a day of hours in three turns. */
const FOLDERS_AT_ONCE = 8;

/** A lake in a bucket, in any of AWS's layouts. The keys of its files are those of the bucket. Throws CloudError. */
export function createS3Lake({ buckets, bucket, under, now }: S3LakeOptions): Lake {
  const open = rememberFolders(atMost(FOLDERS_AT_ONCE, openS3Folders(buckets, bucket)), now);
  return {
    during: (stretch, signal) => walkLake(open, stretch, signal, under),
    extent: (signal) => lakeExtent(open, signal, under),
  };
}
