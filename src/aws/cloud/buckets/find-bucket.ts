import type { S3 } from '@aws-sdk/client-s3';
import type { Bucket } from '../../../core/lake/buckets.ts';
import { CloudError } from '../../../core/lake/cloud.ts';
import { headBucket } from './head-bucket.ts';
import { readSettings } from './read-settings.ts';

/**
 * Finds a bucket with its settings, wherever it is. Who may not see them is told that it is somebody else's: S3 does
 * not say more.
 */
export async function findBucket(
  s3: S3,
  bucket: string,
  account: string,
  signal: AbortSignal,
): Promise<Bucket | undefined> {
  const head = await headBucket(s3, { Bucket: bucket }, signal).catch(unless('not-found')).catch(asTaken);
  if (head === undefined) return undefined;
  const ours = await isOurs(s3, bucket, account, signal);
  const settings = await readSettings(s3, bucket, signal).catch((error: unknown) => {
    throw ours ? error : takenFor(error);
  });
  return { name: bucket, region: head.BucketRegion ?? 'us-east-1', ours, ...settings };
}

/** Whether a bucket belongs to the account; false also when there is none. */
export async function isOurs(s3: S3, bucket: string, account: string, signal: AbortSignal): Promise<boolean> {
  const request = { Bucket: bucket, ExpectedBucketOwner: account };
  const head = await headBucket(s3, request, signal).catch(unless('denied', 'not-found'));
  return head !== undefined;
}

/** Takes faults of these codes for an answer: there is nothing. */
function unless(...codes: readonly CloudError['code'][]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof CloudError && codes.includes(error.code)) return undefined;
    throw error;
  };
}

function asTaken(error: unknown): never {
  throw takenFor(error);
}

function takenFor(error: unknown): unknown {
  if (!(error instanceof CloudError) || error.code !== 'denied') return error;
  return new CloudError('taken', error, { cause: error });
}
