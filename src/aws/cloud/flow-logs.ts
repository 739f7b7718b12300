import type {
  FlowLog as AwsFlowLog,
  DestinationOptionsResponse,
  EC2,
  Filter,
  UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import { fieldsOfFormat } from '../../core/flow-log/formats.ts';
import { LONGEST_INTERVAL_SECONDS } from '../../core/flow-log/slots.ts';
import { CloudError } from '../../core/lake/cloud.ts';
import type {
  Delivery,
  FileOptions,
  FlowLog,
  FlowLogDestination,
  FlowLogFilter,
  FlowLogs,
  Unsuccessful,
} from '../../core/lake/flow-logs.ts';
import { readBucketArn, readLogGroupArn } from '../arn.ts';
import { callAws } from '../call.ts';
import { type Conditions, filtersOfCalls, readTags } from './ec2.ts';
import { createRequest, integrationRequest } from './flow-log-requests.ts';
import { allPages } from './pages.ts';

/** Flow logs of one region, as one account. */
export function createAwsFlowLogs(ec2: () => Promise<EC2>, region: string): FlowLogs {
  return {
    async describe(filter, signal) {
      const calls = filtersOfCalls(conditions(filter)).map((filters) => describe(ec2, filters, signal));
      const found = (await Promise.all(calls)).flat();
      return found.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    },
    async create(wanted, token, signal) {
      // The SDK makes tokens up for other calls, but not for this one.
      const request = { ...createRequest(wanted, region), ClientToken: token };
      const created = await callAws('ec2:CreateFlowLogs', signal, async () =>
        (await ec2()).createFlowLogs(request, { abortSignal: signal }),
      );
      return { ids: created.FlowLogIds ?? [], unsuccessful: readUnsuccessful(created.Unsuccessful) };
    },
    async mayCreate(wanted, signal) {
      const request = { ...createRequest(wanted, region), DryRun: true };
      const asked = callAws('ec2:CreateFlowLogs', signal, async () =>
        (await ec2()).createFlowLogs(request, { abortSignal: signal }),
      );
      // A dry run never answers: its success is a fault of this name.
      await asked.catch((error: unknown) => {
        if (!(error instanceof CloudError && error.fault === 'DryRunOperation')) throw error;
      });
    },
    async delete(ids, signal) {
      const deleted = await callAws('ec2:DeleteFlowLogs', signal, async () =>
        (await ec2()).deleteFlowLogs({ FlowLogIds: [...ids] }, { abortSignal: signal }),
      );
      return readUnsuccessful(deleted.Unsuccessful);
    },
    async integrationTemplate(wanted, signal) {
      const request = integrationRequest(wanted, region);
      const template = await callAws('ec2:GetFlowLogsIntegrationTemplate', signal, async () =>
        (await ec2()).getFlowLogsIntegrationTemplate(request, { abortSignal: signal }),
      );
      return template.Result ?? '';
    },
  };
}

/** By filters also for ids: asked for by `FlowLogIds`, one that is deleted would fail the whole call. */
function conditions({ ids, resourceIds, tag }: FlowLogFilter): Conditions {
  return {
    'flow-log-id': ids,
    'resource-id': resourceIds,
    ...(tag !== undefined && { [`tag:${tag.key}`]: [tag.value] }),
  };
}

async function describe(
  ec2: () => Promise<EC2>,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<readonly FlowLog[]> {
  const logs = await allPages((NextToken) =>
    callAws('ec2:DescribeFlowLogs', signal, async () => {
      const request = { Filter: [...filters], ...(NextToken !== undefined && { NextToken }) };
      const page = await (await ec2()).describeFlowLogs(request, { abortSignal: signal });
      return { items: page.FlowLogs ?? [], next: page.NextToken };
    }),
  );
  return logs.map(readFlowLog);
}

function readUnsuccessful(items: readonly UnsuccessfulItem[] | undefined): readonly Unsuccessful[] {
  return (items ?? []).map(({ ResourceId = '', Error: fault }) => ({
    id: ResourceId,
    code: fault?.Code ?? '',
    message: fault?.Message ?? '',
  }));
}

/** Reads a flow log. AWS fills in all of it; a part that is missing is read as AWS's default. */
function readFlowLog(log: AwsFlowLog): FlowLog {
  return {
    id: log.FlowLogId ?? '',
    resourceId: log.ResourceId ?? '',
    trafficType: log.TrafficType,
    fields: fieldsOfFormat(log.LogFormat),
    destination: readDestination(log),
    maxIntervalSeconds: log.MaxAggregationInterval ?? LONGEST_INTERVAL_SECONDS,
    createdAt: log.CreationTime ?? new Date(0),
    delivery: readDelivery(log),
    tags: readTags(log.Tags),
  };
}

/** Documented are SUCCESS and FAILED; others, as ACCESSERROR, have been seen and mean no success either. */
function readDelivery({ DeliverLogsStatus, DeliverLogsErrorMessage = '' }: AwsFlowLog): Delivery {
  if (DeliverLogsStatus === undefined) return { status: 'pending', error: DeliverLogsErrorMessage };
  const status = DeliverLogsStatus === 'SUCCESS' ? 'succeeding' : 'failing';
  return { status, error: DeliverLogsErrorMessage };
}

/** Where a flow log delivers to. Without a type it is CloudWatch Logs, the only one there was at first. */
function readDestination(log: AwsFlowLog): FlowLogDestination {
  const { LogDestination: arn = '', LogGroupName } = log;
  if (log.LogDestinationType === 'kinesis-data-firehose') return { kind: 'firehose', arn };
  const folder = readBucketArn(arn);
  if (folder !== undefined) return { kind: 's3', ...folder, files: readFileOptions(log.DestinationOptions) };
  return { kind: 'cloud-watch-logs', logGroup: LogGroupName ?? readLogGroupArn(arn) ?? arn };
}

function readFileOptions(options: DestinationOptionsResponse | undefined): FileOptions {
  return {
    format: options?.FileFormat === 'parquet' ? 'parquet' : 'text',
    hive: options?.HiveCompatiblePartitions ?? false,
    hourly: options?.PerHourPartition ?? false,
  };
}
