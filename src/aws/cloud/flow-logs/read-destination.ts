import type { FlowLog as AwsFlowLog, DestinationOptionsResponse } from '@aws-sdk/client-ec2';
import type { FileLayout, FlowLogDestination } from '../../../core/lake/flow-logs.ts';
import { readBucketArn } from '../../arn/bucket-arn.ts';

const LOG_GROUP_ARN = /:log-group:([^:]+)/;

/** Where a flow log delivers to. Without a type it is CloudWatch Logs, the only one there was at first. */
export function readDestination(log: AwsFlowLog): FlowLogDestination {
  const { LogDestination: arn = '', LogGroupName } = log;
  if (log.LogDestinationType === 'kinesis-data-firehose') return { kind: 'firehose', arn };
  const place = readBucketArn(arn);
  if (place !== undefined) return { kind: 's3', ...place, files: readFileOptions(log.DestinationOptions) };
  return { kind: 'cloud-watch-logs', logGroup: LogGroupName ?? LOG_GROUP_ARN.exec(arn)?.[1] ?? arn };
}

function readFileOptions(options: DestinationOptionsResponse | undefined): FileLayout {
  return {
    format: options?.FileFormat === 'parquet' ? 'parquet' : 'text',
    hive: options?.HiveCompatiblePartitions ?? false,
    hourly: options?.PerHourPartition ?? false,
  };
}
