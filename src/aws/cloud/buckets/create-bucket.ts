import type { BucketLocationConstraint, S3 } from '@aws-sdk/client-s3';
import { calling, callingOrNothing } from '../../fault/calling.ts';

/** The region of buckets without a location: S3 refuses to be told it. */
const FIRST_REGION = 'us-east-1';

/** A bucket to be made for an account. */
export interface WantedBucket {
  readonly bucket: string;
  readonly account: string;
  readonly region: string;
}

/** Creates a bucket that is private and encrypted, which S3's own defaults have been since 2023; said all the same. */
export async function createBucket(
  s3: S3,
  { bucket, account, region }: WantedBucket,
  signal: AbortSignal,
): Promise<void> {
  const created = await callingOrNothing(
    's3:CreateBucket',
    ({ fault }) => fault === 'BucketAlreadyOwnedByYou',
    signal,
    () =>
      s3.createBucket(
        {
          Bucket: bucket,
          ObjectOwnership: 'BucketOwnerEnforced',
          ...(region !== FIRST_REGION && {
            CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
          }),
        },
        { abortSignal: signal },
      ),
  );
  if (created !== undefined) await closeBucket(s3, { Bucket: bucket, ExpectedBucketOwner: account }, signal);
}

async function closeBucket(
  s3: S3,
  own: { readonly Bucket: string; readonly ExpectedBucketOwner: string },
  signal: AbortSignal,
): Promise<void> {
  const options = { abortSignal: signal };
  const block = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  await calling('s3:PutBucketPublicAccessBlock', signal, () =>
    s3.putPublicAccessBlock({ ...own, PublicAccessBlockConfiguration: block }, options),
  );
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } };
  await calling('s3:PutEncryptionConfiguration', signal, () =>
    s3.putBucketEncryption({ ...own, ServerSideEncryptionConfiguration: { Rules: [rule] } }, options),
  );
}
