import { UserError } from '../../core/errors.ts';
import { objectPlace } from '../../core/flow-log/object-key.ts';
import type { CloudSource, S3Source } from '../../core/lake/log-source.ts';
import { tableNameFor } from '../../core/lake/table-for.ts';
import type { StoredTable } from '../../core/lake/tables.ts';
import type { OperationContext } from '../../core/operation/operation.ts';
import { isOurFlowLog, isOurTable } from '../steps/ownership.ts';
import { findSource } from './find-source.ts';

/** A flow log that is to be torn down: it may be deleted already, with its table and files still there. */
export interface TornDown {
  readonly source: CloudSource;
  readonly active: boolean;
}

/** Finds a flow log of ours, or what it left. @throws UserError when it is not there, or flowlog did not make it. */
export async function findTornDown(id: string, context: OperationContext): Promise<TornDown> {
  const { book, signal } = context;
  const { sources, logGroups } = await book.found(signal, { fresh: true });
  const source = [...sources, ...logGroups].find(({ flowLog }) => flowLog?.id === id);
  if (source?.flowLog !== undefined) {
    if (isOurFlowLog(source.flowLog)) return { source, active: true };
    throw new UserError(`The flow log \`${id}\` was not made by flowlog, so it is left alone.`, {
      hint: `Whoever made it can delete it: \`aws ec2 delete-flow-logs --flow-log-ids ${id}\`.`,
    });
  }
  const left = await leftBehind(id, context);
  if (left !== undefined) return { source: left, active: false };
  const { name } = await findSource(id, { line: 'teardown' }, context);
  throw new UserError(
    `\`${name}\` is only listed in flowlog.yml: flowlog did not make it, so it is left alone.`,
    {
      hint: 'Take it out of `sources` in flowlog.yml.',
    },
  );
}

async function leftBehind(
  id: string,
  { cloud, settings, signal }: OperationContext,
): Promise<S3Source | undefined> {
  const stored = await cloud.tables.table(settings.database, tableNameFor(id), signal);
  return stored !== undefined && isOurTable(stored) ? sourceOfTable(id, stored) : undefined;
}

const LOCATION = /^s3:\/\/([^/]+)\/(?:(.*)\/)?AWSLogs\/(.+)$/;

/** The source of a deleted flow log, from the location of its table. Undefined when that has no flow log in it. */
function sourceOfTable(id: string, { location, format, partitionKeys }: StoredTable): S3Source | undefined {
  const [, bucket, prefix = '', place = ''] = LOCATION.exec(location) ?? [];
  const { account, region } = objectPlace(`AWSLogs/${place}`);
  if (bucket === undefined || account === undefined || region === undefined) return undefined;
  return {
    name: id,
    account,
    region,
    place: {
      kind: 's3',
      bucket,
      prefix,
      files: {
        format: format ?? 'text',
        hive: place.startsWith('aws-account-id='),
        hourly: partitionKeys.some(({ name }) => name === 'p_hour'),
      },
    },
    fields: [],
    trafficType: undefined,
    resource: undefined,
    flowLog: undefined,
    adopted: undefined,
  };
}
