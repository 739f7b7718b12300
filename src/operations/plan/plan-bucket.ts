import { UserError } from '../../core/errors.ts';
import { arnPartition } from '../../core/flow-log/object-key.ts';
import type { Bucket } from '../../core/lake/buckets.ts';
import type { Site } from '../../core/lake/cloud.ts';
import type { S3Place, S3Source } from '../../core/lake/log-source.ts';
import type { PlannedStep } from '../../core/operation/plan.ts';
import type { ReportSection } from '../../core/operation/report.ts';
import { plural } from '../../core/wording.ts';
import { denyingStatements, mergePolicy, type PolicyStatement } from '../steps/bucket-policy.ts';
import { createBucket, expireFiles, mergeBucketPolicy } from '../steps/bucket-steps.ts';

/** What makes a bucket ready for flow logs, and what must be known of it before. */
export interface BucketSteps {
  readonly steps: readonly PlannedStep[];
  readonly sections: readonly ReportSection[];
}

/** Plans for a bucket: made when it is not there, its policy merged with the one that is there. */
export async function bucketSteps(
  site: Site,
  files: S3Place,
  expireDays: number | undefined,
  signal: AbortSignal,
): Promise<BucketSteps> {
  const { account, region, buckets } = site;
  const { bucket, prefix } = files;
  const found = await buckets.find(bucket, signal);
  if (found !== undefined) refuseUnfit(found, region);
  const current = found === undefined ? undefined : await buckets.policy(bucket, signal);
  const wanted = deliveryStatements({ account, region, place: files });
  const { added } = mergePolicy(current, wanted);
  const denying = denyingStatements(current);
  const place = { account, region, bucket };
  return {
    steps: [
      ...(found === undefined ? [creating(place)] : []),
      ...(added.length === 0 ? [] : [letting(place, wanted, added.length)]),
      ...(expireDays === undefined ? [] : [expiring(place, prefix, expireDays)]),
    ],
    sections: [
      ...(added.length === 0 ? [] : [policySection(`Added to the policy of ${bucket}`, '+ ', added)]),
      ...(denying.length === 0
        ? []
        : [policySection(`The policy of ${bucket} also forbids, which may keep files out`, '', denying)]),
      ...keyWords(found),
      ...staysWords(expireDays, found),
    ],
  };
}

function staysWords(expireDays: number | undefined, found: Bucket | undefined): readonly ReportSection[] {
  if (expireDays !== undefined) return [];
  const days = found?.expiryDays;
  return [
    {
      lines: [
        days === undefined
          ? 'The files stay until they are deleted: `expire=90` lets them go after 90 days.'
          : `A rule of the bucket lets files go after ${days} days.`,
      ],
    },
  ];
}

/** The policy of a key is not flowlog's to read: without it every file is refused without a word. */
function keyWords(found: Bucket | undefined): readonly ReportSection[] {
  if (found?.encryption.kind !== 'kms') return [];
  return [
    {
      lines: [
        `The bucket encrypts with ${found.encryption.key}: the policy of that key must let delivery.logs.amazonaws.com use it, which flowlog does not look at.`,
      ],
    },
  ];
}

function policySection(title: string, mark: string, statements: readonly PolicyStatement[]): ReportSection {
  return { title, code: statements.map((each) => `${mark}${JSON.stringify(each)}`).join('\n') };
}

function letting(place: BucketPlace, wanted: readonly PolicyStatement[], added: number): PlannedStep {
  const { bucket } = place;
  return mergeBucketPolicy.planned(
    { ...place, statements: JSON.stringify(wanted) },
    {
      words: `Let AWS deliver flow logs to ${bucket}: ${plural(added, 'statement')} added to its policy, nothing is replaced`,
      calls: [
        `s3:GetBucketPolicy ${bucket}`,
        `s3:PutBucketPolicy ${bucket} (the statements that are there, and those shown here)`,
      ],
      cost: 'free',
      undo: 'the statements can be taken out again',
    },
  );
}

/** @throws UserError when AWS could not deliver there. */
function refuseUnfit({ name, region, ours, encryption }: Bucket, wanted: string): void {
  if (!ours)
    throw new UserError(`The bucket \`${name}\` belongs to another account.`, {
      hint: 'Give another name with `bucket=`.',
    });
  if (region !== wanted)
    throw new UserError(`The bucket \`${name}\` is in ${region}, the network in ${wanted}.`, {
      hint: `Athena would pay for carrying every file across: give a bucket in ${wanted} with \`bucket=\`.`,
    });
  if (encryption.kind === 'aws-kms')
    throw new UserError(
      `The bucket \`${name}\` encrypts with the key that AWS manages, which delivery cannot use.`,
      {
        hint: 'Let it encrypt with a key of your own, named by its ARN, or with SSE-S3; or give another bucket with `bucket=`.',
      },
    );
  if (encryption.kind === 'kms' && !encryption.key.startsWith('arn:'))
    throw new UserError(
      `The bucket \`${name}\` names its KMS key by id, \`${encryption.key}\`; AWS calls such a bucket undeliverable.`,
      {
        hint: 'Name the key by its ARN in the default encryption of the bucket, and let delivery.logs.amazonaws.com use it.',
      },
    );
}

interface BucketPlace {
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
}

function creating(place: BucketPlace): PlannedStep {
  const { bucket, region } = place;
  return createBucket.planned(
    { ...place },
    {
      words: `Create the bucket ${bucket} in ${region}: no public access, no ACLs, encrypted`,
      calls: [
        `s3:CreateBucket ${bucket} (${region}, BucketOwnerEnforced)`,
        `s3:PutBucketPublicAccessBlock ${bucket} (all four)`,
        `s3:PutEncryptionConfiguration ${bucket} (SSE-S3)`,
      ],
      cost: 'free, then S3 by the GB kept',
      undo: 'an empty bucket can be deleted',
    },
  );
}

function expiring(place: BucketPlace, prefix: string, days: number): PlannedStep {
  const { bucket } = place;
  return expireFiles.planned(
    { ...place, prefix: `${prefix === '' ? '' : `${prefix}/`}AWSLogs/`, days },
    {
      words: `Let the files expire after ${days} days, and keep the other rules`,
      calls: [`s3:GetLifecycleConfiguration ${bucket}`, `s3:PutLifecycleConfiguration ${bucket}`],
      cost: 'free',
      undo: 'the rule can be taken out; files that expired are gone',
    },
  );
}

const SERVICE = { Service: 'delivery.logs.amazonaws.com' };

/**
 * What lets AWS deliver flow logs to a bucket, for one account and region alone, so that no service of another account can be
 * made to write here. AWS's sample also asks for the ACL header; a bucket without ACLs, as S3 has made them since 2023,
 * would then refuse every file without a word, so nothing is asked of it.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
export function deliveryStatements({
  account,
  region,
  place: { bucket, prefix, files },
}: Pick<S3Source, 'account' | 'region' | 'place'>): readonly PolicyStatement[] {
  const owner = files.hive ? `aws-account-id=${account}` : account;
  const folder = `${prefix === '' ? '' : `${prefix}/`}AWSLogs/${owner}`;
  const partition = arnPartition(region);
  const only = {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` },
  };
  return [
    {
      Sid: 'FlowlogDeliveryWrite',
      Effect: 'Allow',
      Principal: SERVICE,
      Action: 's3:PutObject',
      Resource: `arn:${partition}:s3:::${bucket}/${folder}/*`,
      Condition: only,
    },
    {
      Sid: 'FlowlogDeliveryCheck',
      Effect: 'Allow',
      Principal: SERVICE,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: `arn:${partition}:s3:::${bucket}`,
      Condition: only,
    },
  ];
}
