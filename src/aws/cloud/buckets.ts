import { Readable } from 'node:stream';
import type { BucketLocationConstraint, S3 } from '@aws-sdk/client-s3';
import type { Buckets, ByteRange, ObjectVersion, Undeleted } from '../../core/lake/buckets.ts';
import { callAws, callAwsOrNothing } from '../call.ts';
import { listFolder, listPages, listVersions } from './bucket-listing.ts';
import { findBucket, isOurBucket, putExpiry } from './bucket-settings.ts';

/**
 * Buckets as one account reaches them from one region. Every change names the account as the expected owner: S3 then
 * refuses to change a bucket that another account has since created under the same name.
 */
export function createAwsBuckets(
  s3: () => Promise<S3>,
  { account, region }: { readonly account: string; readonly region: string },
): Buckets {
  return {
    find: async (bucket, signal) => findBucket(await s3(), bucket, account, signal),
    async create(bucket, signal) {
      // In us-east-1 S3 reports no fault for an own bucket that exists, whose settings would then be changed.
      if (await isOurBucket(await s3(), bucket, account, signal)) return;
      await createBucket(await s3(), { bucket, account, region }, signal);
    },
    policy: async (bucket, signal) => readPolicy(await s3(), { bucket, account }, signal),
    async putPolicy(bucket, policy, signal) {
      await callAws('s3:PutBucketPolicy', signal, async () =>
        (await s3()).putBucketPolicy(
          { Bucket: bucket, Policy: policy, ExpectedBucketOwner: account },
          { abortSignal: signal },
        ),
      );
    },
    putExpiry: async (bucket, prefix, days, signal) =>
      putExpiry(await s3(), { bucket, account, prefix, days }, signal),
    folder: async (bucket, prefix, signal) => listFolder(await s3(), { bucket, prefix }, signal),
    async *pages(bucket, prefix, signal) {
      yield* listPages(await s3(), { bucket, prefix }, signal);
    },
    head: async (bucket, key, bytes, signal) => readHead(await s3(), { bucket, key, bytes }, signal),
    body: async (bucket, key, range, signal) => openBody(await s3(), { bucket, key, ...range }, signal),
    async *versions(bucket, prefix, signal) {
      yield* listVersions(await s3(), { bucket, account, prefix }, signal);
    },
    delete: async (bucket, versions, signal) =>
      deleteVersions(await s3(), { bucket, account }, versions, signal),
  };
}

/** A bucket with the account that must own it. */
interface OwnBucket {
  readonly bucket: string;
  readonly account: string;
}

async function readPolicy(
  s3: S3,
  { bucket, account }: OwnBucket,
  signal: AbortSignal,
): Promise<string | undefined> {
  const found = await callAwsOrNothing(
    's3:GetBucketPolicy',
    ({ fault }) => fault === 'NoSuchBucketPolicy',
    signal,
    () => s3.getBucketPolicy({ Bucket: bucket, ExpectedBucketOwner: account }, { abortSignal: signal }),
  );
  return found?.Policy;
}

/** S3 refuses a range of an object that is empty. */
async function readHead(
  s3: S3,
  { bucket, key, bytes }: { readonly bucket: string; readonly key: string; readonly bytes: number },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const request = { Bucket: bucket, Key: key, Range: `bytes=0-${bytes - 1}` };
  const head = await callAwsOrNothing(
    's3:GetObject',
    ({ fault }) => fault === 'InvalidRange',
    signal,
    async () => {
      const { Body } = await s3.getObject(request, { abortSignal: signal });
      return Body?.transformToByteArray();
    },
  );
  return head ?? new Uint8Array();
}

async function openBody(
  s3: S3,
  {
    bucket,
    key,
    fromByte,
    toByte,
    unchangedSince,
  }: ByteRange & { readonly bucket: string; readonly key: string },
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  // S3 refuses every range of an object that is empty.
  const isWhole = fromByte === 0 && toByte === undefined;
  const request = {
    Bucket: bucket,
    Key: key,
    ...(!isWhole && { Range: `bytes=${fromByte}-${toByte === undefined ? '' : toByte - 1}` }),
    ...(unchangedSince !== undefined && { IfUnmodifiedSince: inWholeSeconds(unchangedSince) }),
  };
  const { Body } = await callAws('s3:GetObject', signal, () =>
    s3.getObject(request, { abortSignal: signal }),
  );
  if (Body instanceof Readable) return Body;
  throw new Error(`S3 gave no body for ${key}`);
}

/** HTTP has no smaller unit; S3 itself keeps none, though servers like it do. */
function inWholeSeconds(instant: Date): Date {
  return new Date(Math.ceil(instant.getTime() / 1_000) * 1_000);
}

async function deleteVersions(
  s3: S3,
  { bucket, account }: OwnBucket,
  versions: readonly ObjectVersion[],
  signal: AbortSignal,
): Promise<readonly Undeleted[]> {
  if (versions.length === 0) return [];
  const Objects = versions.map(({ key, versionId }) => ({
    Key: key,
    ...(versionId !== undefined && { VersionId: versionId }),
  }));
  const call = versions.some(({ versionId }) => versionId !== undefined)
    ? 's3:DeleteObjectVersion'
    : 's3:DeleteObject';
  const { Errors = [] } = await callAws(call, signal, () =>
    s3.deleteObjects(
      { Bucket: bucket, Delete: { Objects, Quiet: true }, ExpectedBucketOwner: account },
      { abortSignal: signal },
    ),
  );
  return Errors.map(({ Key = '', Code = '', Message = '' }) => ({ key: Key, code: Code, message: Message }));
}

/** The region of buckets without a location: S3 refuses its name. */
const FIRST_REGION = 'us-east-1';

/** A bucket to be created for an account. */
interface WantedBucket {
  readonly bucket: string;
  readonly account: string;
  readonly region: string;
}

/** Creates a private, encrypted bucket. Both have been S3's defaults since 2023, and are set all the same. */
async function createBucket(
  s3: S3,
  { bucket, account, region }: WantedBucket,
  signal: AbortSignal,
): Promise<void> {
  const created = await callAwsOrNothing(
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
  await callAws('s3:PutBucketPublicAccessBlock', signal, () =>
    s3.putPublicAccessBlock({ ...own, PublicAccessBlockConfiguration: block }, options),
  );
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } };
  await callAws('s3:PutEncryptionConfiguration', signal, () =>
    s3.putBucketEncryption({ ...own, ServerSideEncryptionConfiguration: { Rules: [rule] } }, options),
  );
}
