import type { FlowLog } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../../src/aws/clients.ts';
import type { PlainRecord } from '../../support/flow.ts';

/** So many events one call takes: the calls' own limit is 10,000. */
const EVENTS_A_CALL = 5_000;

/**
 * Plays AWS's delivery to CloudWatch Logs: puts each record as an event of the time at which it began into the stream of its
 * interface, with the fields that EC2 says of the flow log.
 */
export async function deliverEvents(
  clients: AwsClients,
  flowLogId: string,
  records: readonly PlainRecord[],
  account: string,
): Promise<void> {
  const { FlowLogs: [flowLog] = [] } = await (await clients.ec2()).describeFlowLogs({
    FlowLogIds: [flowLogId],
  });
  if (flowLog === undefined) throw new RangeError(`there is no flow log ${flowLogId}`);
  const logs = await clients.logs();
  const logGroupName = flowLog.LogGroupName ?? '';
  const fields = fieldsOf(flowLog);
  const streamOf = (record: PlainRecord) => `${record['interface-id']}-all`;
  for (const logStreamName of new Set(records.map(streamOf))) {
    await logs.createLogStream({ logGroupName, logStreamName }).catch(() => undefined);
    const logEvents = records
      .filter((record) => streamOf(record) === logStreamName)
      .map((record) => ({ ...record, 'account-id': account }) as Readonly<Record<string, unknown>>)
      .map((record) => ({
        timestamp: Number(record.start) * 1_000,
        message: fields.map((field) => String(record[field] ?? '-')).join(' '),
      }))
      .toSorted((a, b) => a.timestamp - b.timestamp);
    for (let at = 0; at < logEvents.length; at += EVENTS_A_CALL) {
      const put = await logs.putLogEvents({
        logGroupName,
        logStreamName,
        logEvents: logEvents.slice(at, at + EVENTS_A_CALL),
      });
      if (put.rejectedLogEventsInfo !== undefined)
        throw new RangeError(`events were rejected: ${JSON.stringify(put.rejectedLogEventsInfo)}`);
    }
  }
}

function fieldsOf({ LogFormat = '' }: FlowLog): readonly string[] {
  return [...LogFormat.matchAll(/\$\{([\w-]+)\}/g)].map(([, field = '']) => field);
}
