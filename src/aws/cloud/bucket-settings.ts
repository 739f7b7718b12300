import type {
  GetBucketLifecycleConfigurationOutput,
  HeadBucketCommandOutput,
  HeadBucketRequest,
  LifecycleRule,
  S3,
  ServerSideEncryptionByDefault,
} from '@aws-sdk/client-s3';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { Bucket, BucketEncryption } from '../../core/lake/buckets.ts';
import { CloudError } from '../../core/lake/cloud.ts';
import { callAws, callAwsOrNothing } from '../call.ts';

/**
 * Finds a bucket with its settings, in whatever region. Where they may not be read the bucket counts as another
 * account's: S3 does not say more.
 */
export async function findBucket(
  s3: S3,
  bucket: string,
  account: string,
  signal: AbortSignal,
): Promise<Bucket | undefined> {
  const head = await headBucket(s3, { Bucket: bucket }, signal).catch(unless('not-found')).catch(asTaken);
  if (head === undefined) return undefined;
  const ours = await isOurBucket(s3, bucket, account, signal);
  const settings = await readSettings(s3, bucket, signal).catch((error: unknown) => {
    throw ours ? error : takenFor(error);
  });
  return { name: bucket, region: head.BucketRegion ?? 'us-east-1', ours, ...settings };
}

/** Whether a bucket belongs to the account; false also when there is none. */
export async function isOurBucket(
  s3: S3,
  bucket: string,
  account: string,
  signal: AbortSignal,
): Promise<boolean> {
  const request = { Bucket: bucket, ExpectedBucketOwner: account };
  const head = await headBucket(s3, request, signal).catch(unless('denied', 'not-found'));
  return head !== undefined;
}

/** Turns faults of these codes into undefined. */
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

/**
 * Asks for a bucket by HEAD, whose answers have no body: for expired credentials S3 answers 400 without a reason. After
 * such an answer a listing is asked for, which needs the same permission and names the fault.
 */
function headBucket(
  s3: S3,
  request: HeadBucketRequest,
  signal: AbortSignal,
): Promise<HeadBucketCommandOutput> {
  const options = { abortSignal: signal };
  return callAws('s3:ListBucket', signal, () => s3.headBucket(request, options)).catch(
    async (error: unknown) => {
      if (error instanceof CloudError && error.code === 'refused')
        await callAws('s3:ListBucket', signal, () => s3.listObjectsV2({ ...request, MaxKeys: 1 }, options));
      throw error;
    },
  );
}

/** Reads the settings of a bucket. S3 answers with a fault of its own where nothing was ever set. */
async function readSettings(
  s3: S3,
  bucket: string,
  signal: AbortSignal,
): Promise<Omit<Bucket, 'name' | 'region' | 'ours'>> {
  const request = { Bucket: bucket };
  const options = { abortSignal: signal };
  const ask = <T>(call: string, fault: string, send: () => Promise<T>) =>
    callAwsOrNothing(call, (error) => error.fault === fault, signal, send);
  const [encryption, block, versioning, lock, lifecycle] = await Promise.all([
    ask('s3:GetEncryptionConfiguration', 'ServerSideEncryptionConfigurationNotFoundError', () =>
      s3.getBucketEncryption(request, options),
    ),
    ask('s3:GetBucketPublicAccessBlock', 'NoSuchPublicAccessBlockConfiguration', () =>
      s3.getPublicAccessBlock(request, options),
    ),
    callAws('s3:GetBucketVersioning', signal, () => s3.getBucketVersioning(request, options)),
    ask('s3:GetBucketObjectLockConfiguration', 'ObjectLockConfigurationNotFoundError', () =>
      s3.getObjectLockConfiguration(request, options),
    ),
    lifecycleOf(s3, bucket, signal),
  ]);
  const [rule] = encryption?.ServerSideEncryptionConfiguration?.Rules ?? [];
  return {
    encryption: readEncryption(rule?.ApplyServerSideEncryptionByDefault),
    publicAccessBlocked: allTrue(block?.PublicAccessBlockConfiguration),
    // Suspended versioning keeps the versions that are there, and deletes as if there were more.
    versioned: versioning.Status !== undefined,
    objectLock: lock?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
    expiryDays: soonestExpiry(lifecycle?.Rules ?? []),
  };
}

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;

function allTrue(block: Readonly<Partial<Record<(typeof BLOCKS)[number], boolean | undefined>>> | undefined) {
  return BLOCKS.every((each) => block?.[each] === true);
}

/** The alias of the key that AWS manages, alone or at the end of an ARN. */
const AWS_KEY = /(^|:)alias\/aws\/s3$/;

/** Without a setting S3 encrypts by itself; KMS without a key means the key that AWS manages. */
function readEncryption(byDefault: ServerSideEncryptionByDefault | undefined): BucketEncryption {
  if (!byDefault?.SSEAlgorithm?.startsWith('aws:kms')) return { kind: 's3' };
  const key = byDefault.KMSMasterKeyID;
  return key === undefined || key === '' || AWS_KEY.test(key) ? { kind: 'aws-kms' } : { kind: 'kms', key };
}

function soonestExpiry(rules: readonly LifecycleRule[]): number | undefined {
  const days = rules.flatMap(({ Status, Expiration }) =>
    Status === 'Enabled' && Expiration?.Days !== undefined ? [Expiration.Days] : [],
  );
  return days.length > 0 ? Math.min(...days) : undefined;
}

/** The lifecycle rules of a bucket; undefined when there are none. S3 checks the owner when one is given. */
function lifecycleOf(
  s3: S3,
  bucket: string,
  signal: AbortSignal,
  owner?: string,
): Promise<GetBucketLifecycleConfigurationOutput | undefined> {
  return callAwsOrNothing(
    's3:GetLifecycleConfiguration',
    ({ fault }) => fault === 'NoSuchLifecycleConfiguration',
    signal,
    () =>
      s3.getBucketLifecycleConfiguration(
        { Bucket: bucket, ExpectedBucketOwner: owner },
        { abortSignal: signal },
      ),
  );
}

/** Objects under a prefix of an account's bucket that are to be deleted after some days. */
interface WantedExpiry {
  readonly bucket: string;
  readonly account: string;
  readonly prefix: string;
  readonly days: number;
}

/** S3 keeps one list of rules and takes it whole: the other rules are put back as they were. */
export async function putExpiry(
  s3: S3,
  { bucket, account, prefix, days }: WantedExpiry,
  signal: AbortSignal,
): Promise<void> {
  const before = await lifecycleOf(s3, bucket, signal, account);
  const ours = expiryRule(prefix, days);
  const others = (before?.Rules ?? []).filter(({ ID }) => ID !== ours.ID);
  const minimumSize = before?.TransitionDefaultMinimumObjectSize;
  const request = {
    Bucket: bucket,
    ExpectedBucketOwner: account,
    LifecycleConfiguration: { Rules: [...others, ours] },
    ...(minimumSize !== undefined && { TransitionDefaultMinimumObjectSize: minimumSize }),
  };
  await callAws('s3:PutLifecycleConfiguration', signal, () =>
    s3.putBucketLifecycleConfiguration(request, { abortSignal: signal }),
  );
}

function expiryRule(prefix: string, days: number): LifecycleRule {
  return {
    ID: `flowlog-expiry-${prefix}`.slice(0, AWS_LIMITS.lifecycleRuleId),
    Status: 'Enabled',
    Filter: { Prefix: prefix },
    Expiration: { Days: days },
  };
}
