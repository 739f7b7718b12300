import { nameTimeSeconds } from '../../../src/core/flow-log/slots.ts';
import type { Walk } from './given-walk.ts';

/** What is in the walk's account, asked for through the SDK. */
export interface Left {
  readonly flowLogs: readonly string[];
  /** Of the database `flowlog`. */
  readonly tables: readonly string[];
  readonly buckets: readonly string[];
  /** Keys of flow log files, and how many bytes they have together. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** How many bytes the files of a flow log have together that hold records from an instant on. */
  bytesSince(from: Date, flowLogId: string): number;
}

/** Looks past the app at what is there. */
export async function whatIsLeft({ clients, account }: Walk): Promise<Left> {
  const [ec2, s3] = [await clients.ec2(), await clients.s3()];
  const { FlowLogs = [] } = await ec2.describeFlowLogs();
  const { Buckets = [] } = await s3.listBuckets();
  const buckets = Buckets.flatMap(({ Name }) => (Name?.includes(account) ? [Name] : []));
  const listings = await Promise.all(buckets.map((Bucket) => s3.listObjectsV2({ Bucket })));
  const files = listings
    .flatMap(({ Contents = [] }) => Contents)
    .filter(({ Key }) => Key?.includes('vpcflowlogs'));
  return {
    flowLogs: FlowLogs.flatMap(({ FlowLogId }) => FlowLogId ?? []),
    tables: await tablesOf(clients),
    buckets,
    files: files.flatMap(({ Key }) => Key ?? []),
    bytes: files.reduce((sum, { Size = 0 }) => sum + Size, 0),
    bytesSince: (from, flowLogId) =>
      files
        .filter(
          ({ Key = '' }) => Key.includes(flowLogId) && (nameTimeSeconds(Key) ?? 0) * 1000 >= from.getTime(),
        )
        .reduce((sum, { Size = 0 }) => sum + Size, 0),
  };
}

async function tablesOf(clients: Walk['clients']): Promise<readonly string[]> {
  const { TableList = [] } = await (await clients.glue())
    .getTables({ DatabaseName: 'flowlog' })
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === 'EntityNotFoundException') return { TableList: [] };
      throw error;
    });
  return TableList.flatMap(({ Name }) => Name ?? []);
}
