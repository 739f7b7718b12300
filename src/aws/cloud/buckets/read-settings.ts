import type { LifecycleRule, S3, ServerSideEncryptionByDefault } from '@aws-sdk/client-s3';
import type { Bucket, BucketEncryption } from '../../../core/lake/buckets.ts';
import { calling, callingOrNothing } from '../../fault/calling.ts';
import { lifecycleOf } from './lifecycle.ts';

/** What a bucket is set to. S3 answers with a fault of its own where nothing was ever set. */
export async function readSettings(
  s3: S3,
  bucket: string,
  signal: AbortSignal,
): Promise<Omit<Bucket, 'name' | 'region' | 'ours'>> {
  const request = { Bucket: bucket };
  const options = { abortSignal: signal };
  const ask = <T>(call: string, fault: string, send: () => Promise<T>) =>
    callingOrNothing(call, (error) => error.fault === fault, signal, send);
  const [encryption, block, versioning, lock, lifecycle] = await Promise.all([
    ask('s3:GetEncryptionConfiguration', 'ServerSideEncryptionConfigurationNotFoundError', () =>
      s3.getBucketEncryption(request, options),
    ),
    ask('s3:GetBucketPublicAccessBlock', 'NoSuchPublicAccessBlockConfiguration', () =>
      s3.getPublicAccessBlock(request, options),
    ),
    calling('s3:GetBucketVersioning', signal, () => s3.getBucketVersioning(request, options)),
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
