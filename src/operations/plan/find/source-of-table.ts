import { objectPlace } from '../../../core/flow-log/object-key.ts';
import type { LogSource } from '../../../core/lake/log-source.ts';
import type { StoredTable } from '../../../core/lake/tables.ts';

const LOCATION = /^s3:\/\/([^/]+)\/(?:(.*)\/)?AWSLogs\/(.+)$/;

/** What a table of ours tells of a flow log that is deleted: where its files are. Undefined when it tells nothing. */
export function sourceOfTable(
  id: string,
  { location, format, partitionKeys }: StoredTable,
): LogSource | undefined {
  const [, bucket, prefix = '', place = ''] = LOCATION.exec(location) ?? [];
  const { account, region } = objectPlace(`AWSLogs/${place}`);
  if (bucket === undefined || account === undefined || region === undefined) return undefined;
  return {
    name: id,
    account,
    region,
    files: {
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
