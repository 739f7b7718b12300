import type { FlowLog as AwsFlowLog } from '@aws-sdk/client-ec2';
import { fieldsOfFormat } from '../../../core/flow-log/formats.ts';
import { LONGEST_INTERVAL_SECONDS } from '../../../core/flow-log/slots.ts';
import type { DeliveryState, FlowLog } from '../../../core/lake/flow-logs.ts';
import { readTags } from '../tags.ts';
import { readDestination } from './read-destination.ts';

/** A flow log in our words. AWS fills in all of it; a part that is missing is read as what AWS takes by default. */
export function readFlowLog(log: AwsFlowLog): FlowLog {
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
function readDelivery({ DeliverLogsStatus, DeliverLogsErrorMessage = '' }: AwsFlowLog): DeliveryState {
  if (DeliverLogsStatus === undefined) return { status: 'pending', error: DeliverLogsErrorMessage };
  const status = DeliverLogsStatus === 'SUCCESS' ? 'succeeding' : 'failing';
  return { status, error: DeliverLogsErrorMessage };
}
