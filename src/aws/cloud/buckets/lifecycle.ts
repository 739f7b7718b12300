import type { GetBucketLifecycleConfigurationOutput, LifecycleRule, S3 } from '@aws-sdk/client-s3';
import { AWS_LIMITS } from '../../../core/flow-log/aws-limits.ts';
import { calling, callingOrNothing } from '../../fault/calling.ts';

/** What is done with a bucket's objects as they grow old; undefined when nothing is. An owner is one that must be found. */
export function lifecycleOf(
  s3: S3,
  bucket: string,
  signal: AbortSignal,
  owner?: string,
): Promise<GetBucketLifecycleConfigurationOutput | undefined> {
  return callingOrNothing(
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

/** Objects under a prefix of an account's own bucket that are to go after some days. */
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
  const sizeLimit = before?.TransitionDefaultMinimumObjectSize;
  const request = {
    Bucket: bucket,
    ExpectedBucketOwner: account,
    LifecycleConfiguration: { Rules: [...others, ours] },
    ...(sizeLimit !== undefined && { TransitionDefaultMinimumObjectSize: sizeLimit }),
  };
  await calling('s3:PutLifecycleConfiguration', signal, () =>
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
