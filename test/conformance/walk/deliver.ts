import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowLog } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../../src/aws/clients.ts';
import type { PlainRecord } from '../../support/flow.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { writeLake } from '../../support/write-lake.ts';

/** Whose network it is. */
export interface DeliveryPlace {
  readonly account: string;
  readonly region: string;
}

/**
 * Plays AWS's delivery: puts the records as files under the prefix, in the layout, in the format and with the fields
 * that EC2 says of the flow log, each into the file of the five minutes in which it ended. Returns the keys.
 */
export async function deliver(
  clients: AwsClients,
  flowLogId: string,
  records: readonly PlainRecord[],
  { account, region }: DeliveryPlace,
): Promise<readonly string[]> {
  const { FlowLogs: [flowLog] = [] } = await (await clients.ec2()).describeFlowLogs({
    FlowLogIds: [flowLogId],
  });
  if (flowLog === undefined) throw new RangeError(`there is no flow log ${flowLogId}`);
  const { bucket, prefix } = destinationOf(flowLog);
  const folder = await tempFolder('delivery');
  const ofAccount = records.map((record) => ({ ...record, 'account-id': account }));
  const keys = await writeLake(folder, ofAccount, {
    ...{ account, region, prefix, flowLog: flowLogId, layout: layoutOf(flowLog) },
    format: flowLog.DestinationOptions?.FileFormat === 'parquet' ? 'parquet' : 'gz',
    fields: [...(flowLog.LogFormat ?? '').matchAll(/\$\{([\w-]+)\}/g)].map(([, field = '']) => field),
  });
  const s3 = await clients.s3();
  for (const Key of keys)
    await s3.putObject({ Bucket: bucket, Key, Body: await readFile(join(folder, Key)) });
  return keys;
}

/** The bucket and what is before `AWSLogs` in it. */
function destinationOf({ LogDestination = '' }: FlowLog): {
  readonly bucket: string;
  readonly prefix: string;
} {
  const [bucket = '', ...prefix] = LogDestination.slice(LogDestination.lastIndexOf(':') + 1).split('/');
  return { bucket, prefix: prefix.join('/') };
}

function layoutOf({ DestinationOptions: options }: FlowLog): 'daily' | 'hourly' | 'hive' | 'hive-hourly' {
  if (options?.HiveCompatiblePartitions) return options.PerHourPartition ? 'hive-hourly' : 'hive';
  return options?.PerHourPartition ? 'hourly' : 'daily';
}
