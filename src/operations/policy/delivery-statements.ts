import type { LogSource } from '../../core/lake/log-source.ts';
import type { PolicyStatement } from './merge-policy.ts';

const SERVICE = { Service: 'delivery.logs.amazonaws.com' };

/**
 * What lets AWS deliver flow logs to a bucket, for one account and region alone, so that nobody else's service can be
 * made to write here. AWS's sample also asks for the ACL header; a bucket without ACLs, as S3 has made them since 2023,
 * would then refuse every file without a word, so nothing is asked of it.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
export function deliveryStatements({
  account,
  region,
  files: { bucket, prefix, files },
}: Pick<LogSource, 'account' | 'region' | 'files'>): readonly PolicyStatement[] {
  const place = files.hive ? `aws-account-id=${account}` : account;
  const folder = `${prefix === '' ? '' : `${prefix}/`}AWSLogs/${place}`;
  const partition = partitionOf(region);
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

/** China and GovCloud have names of their own in ARNs. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
