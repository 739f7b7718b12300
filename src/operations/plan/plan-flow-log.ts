import type { Site } from '../../core/lake/cloud.ts';
import { type S3Place, type S3Source, sourceRoot } from '../../core/lake/log-source.ts';
import type { Plain, PlannedStep } from '../../core/operation/plan.ts';
import type { ReportSection } from '../../core/operation/report.ts';
import { showMoment } from '../../core/time/show-time.ts';
import { showCents } from '../../core/wording.ts';
import { createFlowLog, type PlannedFlowLog, waitForFirstFile } from '../steps/flow-log-steps.ts';
import { TAGS } from '../steps/ownership.ts';

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
export function waitingStep({ account, region }: Site, files: S3Place): PlannedStep {
  const prefix = sourceRoot({ account, region, place: files });
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

/** A table is made over folders: Athena reads all that is delivered there, whoever delivers it. */
export function otherSourcesWords(files: S3Place, sources: readonly S3Source[]): readonly ReportSection[] {
  const neighbours = sources.filter(
    (source) =>
      source.place.bucket === files.bucket && sourceRoot(source) === sourceRoot({ ...source, place: files }),
  );
  if (neighbours.length === 0) return [];
  const names = neighbours.map(({ name }) => name).join(', ');
  return [
    {
      lines: [
        `${names} delivers to the same folders: a question about one counts its own records alone, and may scan and pay for the files of both. Leave \`prefix=\` out to keep them apart.`,
      ],
    },
  ];
}

/** When a flow log ends that is to last so long only. */
export function endsWords(tags: PlannedFlowLog['tags']): readonly ReportSection[] {
  const ends = tags[TAGS.deleteAfter];
  if (ends === undefined) return [];
  return [
    {
      lines: [
        `It deletes itself after ${showMoment(new Date(`${ends.slice(0, 16)}Z`), 'UTC')}; its files stay.`,
      ],
    },
  ];
}

/**
 * What AWS asks for delivering flow logs to S3 in us-east-1: vended logs $0.25 a GB for the first 10 TB of a month, and
 * some $0.03 a GB more for writing Parquet. Other regions ask up to half as much again.
 * @see https://aws.amazon.com/cloudwatch/pricing/ (vended logs)
 */
const DOLLARS_A_GB = { text: 0.25, parquet: 0.28 } as const;

/** A record of thirty fields has some 300 bytes before it is compressed, which is what is billed. */
const BYTES_A_FIELD = 10;
const GB = 1_000_000_000;
const MILLION = 1_000_000;

/** What delivery costs, in words: the amount is unknown before. */
function deliveryPrice(format: 'text' | 'parquet', fields: number): string {
  const dollars = DOLLARS_A_GB[format];
  const aMillion = ((fields * BYTES_A_FIELD * MILLION) / GB) * dollars;
  return `about ${showCents(dollars)} a GB delivered in us-east-1, which is ${showCents(aMillion)} for a million records, and S3's price for keeping them`;
}
