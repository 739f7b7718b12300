import type { Site } from '../../../core/lake/cloud.ts';
import { type FilesOnS3, sourceRoot } from '../../../core/lake/log-source.ts';
import type { Plain, PlannedStep } from '../../../core/operation/plan.ts';
import { createFlowLog } from '../../step/create-flow-log.ts';
import { waitForFirstFile } from '../../step/wait-for-first-file.ts';
import type { PlannedFlowLog } from '../../step/wanted-flow-log.ts';
import { deliveryPrice } from './delivery-price.ts';

type WithJson = PlannedFlowLog & { readonly [key: string]: Plain };

/** The step that creates a flow log, with the exact call. */
export function creatingStep(
  { account, region }: Site,
  wanted: PlannedFlowLog,
  fieldCount: number,
): PlannedStep {
  const { resourceIds, trafficType, destination, maxIntervalSeconds } = wanted;
  const price =
    destination.kind === 's3' ? deliveryPrice(destination.files.format, fieldCount) : CLOUDWATCH_PRICE;
  return createFlowLog.planned(
    { account, region, wanted: { ...wanted } satisfies WithJson },
    {
      words: `Create a flow log on ${resourceIds.join(', ')}: ${trafficType.toLowerCase()} traffic, ${fieldCount} fields, every ${maxIntervalSeconds} s`,
      calls: [callOf(wanted)],
      cost: price,
      undo: 'undone by `teardown`',
    },
  );
}

/** @see https://aws.amazon.com/cloudwatch/pricing/ */
const CLOUDWATCH_PRICE = 'about $0.50 a GB delivered in us-east-1, and $0.03 a GB and month for keeping it';

function callOf({
  resourceIds,
  trafficType,
  destination,
  maxIntervalSeconds,
  fields,
  tags,
  shownTags,
  deliveryRoleArn,
}: PlannedFlowLog): string {
  const to =
    destination.kind === 's3'
      ? `LogDestinationType=s3 LogDestination=arn:aws:s3:::${destination.bucket}${destination.prefix === '' ? '' : `/${destination.prefix}/`} ` +
        `DestinationOptions={FileFormat=${destination.files.format === 'parquet' ? 'parquet' : 'plain-text'},` +
        `HiveCompatiblePartitions=${destination.files.hive},PerHourPartition=${destination.files.hourly}}`
      : `LogDestinationType=cloud-watch-logs LogGroupName=${destination.logGroup} DeliverLogsPermissionArn=${deliveryRoleArn ?? ''}`;
  const format = fields === null ? '(default)' : fields.map((field) => `\${${field}}`).join(' ');
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  const shown = shownTags.map(({ of, keys }) => `${of}=[${keys.join(',')}]`);
  const specified = shown.length === 0 ? '' : ` TagFieldSpecifications={${shown.join(',')}}`;
  return (
    `ec2:CreateFlowLogs ResourceIds=[${resourceIds.join(',')}] TrafficType=${trafficType} ${to} ` +
    `MaxAggregationInterval=${maxIntervalSeconds} LogFormat=${format}${specified} Tags={${tagged.join(',')}}`
  );
}

/** The step that waits until files arrive. */
export function waitingStep({ account, region }: Site, files: FilesOnS3): PlannedStep {
  const prefix = sourceRoot({ account, region, files });
  return waitForFirstFile.planned(
    { account, region, bucket: files.bucket, prefix },
    {
      words: 'Wait for the first file, ten minutes or more',
      calls: [
        'ec2:DescribeFlowLogs (delivery status, again and again)',
        `s3:ListObjectsV2 ${files.bucket}/${prefix}`,
      ],
      cost: 'less than a cent for listing',
      undo: 'nothing is changed',
    },
  );
}
