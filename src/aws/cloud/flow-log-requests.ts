import type {
  CreateFlowLogsRequest,
  FlowLogsResourceType,
  GetFlowLogsIntegrationTemplateRequest,
} from '@aws-sdk/client-ec2';
import { formatOfFields } from '../../core/flow-log/formats.ts';
import type { WantedFlowLog, WantedIntegration } from '../../core/lake/flow-logs.ts';
import { bucketArn, locationArn } from '../arn.ts';

/** The request that creates flow logs, without the token that makes it happen once. */
export function createRequest(wanted: WantedFlowLog, region: string): CreateFlowLogsRequest {
  const tags = Object.entries(wanted.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    ResourceIds: [...wanted.resourceIds],
    ResourceType: resourceType(wanted.resourceIds),
    TrafficType: wanted.trafficType,
    MaxAggregationInterval: wanted.maxIntervalSeconds,
    ...destination(wanted, region),
    ...(wanted.fields !== undefined && { LogFormat: formatOfFields(wanted.fields) }),
    ...shownTags(wanted),
    ...(tags.length > 0 && { TagSpecifications: [{ ResourceType: 'vpc-flow-log', Tags: tags }] }),
  };
}

function shownTags({ shownTags: shown = [] }: WantedFlowLog): Partial<CreateFlowLogsRequest> {
  if (shown.length === 0) return {};
  return { TagFieldSpecifications: shown.map(({ of, keys }) => ({ ResourceType: of, TagKeys: [...keys] })) };
}

/** AWS refuses a role for S3, and nothing else can write to CloudWatch Logs. */
function destination(
  { destination, deliveryRoleArn }: WantedFlowLog,
  region: string,
): Partial<CreateFlowLogsRequest> {
  if (destination.kind === 'cloud-watch-logs') {
    return {
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: destination.logGroup,
      ...(deliveryRoleArn !== undefined && { DeliverLogsPermissionArn: deliveryRoleArn }),
    };
  }
  const { format, hive, hourly } = destination.files;
  return {
    LogDestinationType: 's3',
    LogDestination: bucketArn(destination, region),
    DestinationOptions: {
      FileFormat: format === 'parquet' ? 'parquet' : 'plain-text',
      HiveCompatiblePartitions: hive,
      PerHourPartition: hourly,
    },
  };
}

const TYPES: readonly (readonly [prefix: string, type: FlowLogsResourceType])[] = [
  ['vpc-', 'VPC'],
  ['subnet-', 'Subnet'],
  ['eni-', 'NetworkInterface'],
];

/** One call takes resources of one kind. */
function resourceType(ids: readonly string[]): FlowLogsResourceType {
  const found = TYPES.find(([prefix]) => ids.length > 0 && ids.every((id) => id.startsWith(prefix)));
  if (found === undefined) throw new RangeError(`not resources of one kind: ${ids.join(', ')}`);
  return found[1];
}

/** The request for AWS's own template; it takes locations in S3 as ARNs. */
export function integrationRequest(
  { flowLogId, templateLocation, resultLocation, partitionLoad }: WantedIntegration,
  region: string,
): GetFlowLogsIntegrationTemplateRequest {
  return {
    FlowLogId: flowLogId,
    ConfigDeliveryS3DestinationArn: locationArn(templateLocation, region),
    IntegrateServices: {
      AthenaIntegrations: [
        {
          IntegrationResultS3DestinationArn: locationArn(resultLocation, region),
          PartitionLoadFrequency: partitionLoad,
        },
      ],
    },
  };
}
