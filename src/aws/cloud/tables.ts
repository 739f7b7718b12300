import type { Athena } from '@aws-sdk/client-athena';
import type { Column, Glue, Partition, StorageDescriptor, Table } from '@aws-sdk/client-glue';
import type { CloudError } from '../../core/lake/cloud.ts';
import type {
  StoredTable,
  TableAddress,
  Tables,
  WantedWorkgroup,
  Workgroup,
} from '../../core/lake/tables.ts';
import {
  addPartitionsDdl,
  createDatabaseDdl,
  createTableDdl,
  dropTableDdl,
  type TableColumn,
  type TablePartition,
} from '../../core/sql/hive-ddl.ts';
import { callAws, callAwsOrNothing } from '../call.ts';
import { type DdlParts, runDdl } from './ddl.ts';
import { allPages } from './pages.ts';

export interface AwsTablesParts extends DdlParts {
  readonly glue: () => Promise<Glue>;
  readonly home: Tables['home'];
}

/** Tables in Glue's catalog: read from Glue, which answers at once, and changed by DDL through Athena. */
export function createAwsTables(parts: AwsTablesParts): Tables {
  const { glue, athena, home } = parts;
  const run = (ddl: string, signal: AbortSignal) => runDdl(parts, ddl, signal);
  return {
    home,
    workgroup: async (name, signal) => findWorkgroup(await athena(), name, signal),
    createWorkgroup: async (wanted, signal) => createWorkgroup(await athena(), wanted, signal),
    async hasDatabase(database, signal) {
      const found = await unlessMissing('glue:GetDatabase', signal, async () =>
        (await glue()).getDatabase({ Name: database }, { abortSignal: signal }),
      );
      return found !== undefined;
    },
    createDatabase: (database, signal) => run(createDatabaseDdl(database), signal),
    async table(database, name, signal) {
      const found = await unlessMissing('glue:GetTable', signal, async () =>
        (await glue()).getTable({ DatabaseName: database, Name: name }, { abortSignal: signal }),
      );
      return found?.Table === undefined ? undefined : readTable(database, found.Table);
    },
    async schema(address, signal) {
      const request = {
        ...(await catalogOf(address, home, signal)),
        DatabaseName: address.database,
        Name: address.name,
      };
      const found = await unlessMissing('glue:GetTable', signal, async () =>
        (await glue()).getTable(request, { abortSignal: signal }),
      );
      return found?.Table && readSchema(found.Table);
    },
    createTable: (spec, signal) => run(createTableDdl(spec), signal),
    dropTable: (database, name, signal) => run(dropTableDdl(database, name), signal),
    async partitions(database, name, signal) {
      const request = { DatabaseName: database, TableName: name, ExcludeColumnSchema: true };
      const found = await allPages((NextToken) =>
        callAws('glue:GetPartitions', signal, async () => {
          const page = await (await glue()).getPartitions({ ...request, NextToken }, { abortSignal: signal });
          return { items: page.Partitions ?? [], next: page.NextToken };
        }),
      );
      return found.map(readPartition);
    },
    addPartitions: (spec, partitions, signal) => run(addPartitionsDdl(spec, partitions), signal),
  };
}

function unlessMissing<T>(call: string, signal: AbortSignal, send: () => Promise<T>): Promise<T | undefined> {
  return callAwsOrNothing(call, ({ code }) => code === 'not-found', signal, send);
}

/**
 * Glue puts the account in front of the catalog of a table bucket; what it calls the account's own catalog has no name there.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-integrating-aws.html
 */
async function catalogOf(
  { catalog }: TableAddress,
  home: Tables['home'],
  signal: AbortSignal,
): Promise<{ readonly CatalogId?: string }> {
  if (catalog === undefined) return {};
  return { CatalogId: `${(await home(signal)).account}:${catalog}` };
}

/** Glue keeps the columns that an Iceberg table once had, and marks them. */
function readSchema({ StorageDescriptor, PartitionKeys }: Table) {
  const isCurrent = ({ Parameters }: Column) => Parameters?.['iceberg.field.current'] !== 'false';
  return {
    columns: (StorageDescriptor?.Columns ?? []).filter(isCurrent).map(readColumn),
    partitionKeys: (PartitionKeys ?? []).map(readColumn),
  };
}

/** Properties that Glue adds to those of the DDL. */
const ADDED_BY_GLUE = new Set(['EXTERNAL', 'transient_lastDdlTime']);

/** Reads a table as its DDL would have created it. */
function readTable(database: string, table: Table): StoredTable {
  return {
    database,
    name: table.Name ?? '',
    columns: (table.StorageDescriptor?.Columns ?? []).map(readColumn),
    partitionKeys: (table.PartitionKeys ?? []).map(readColumn),
    format: readFormat(table.StorageDescriptor),
    location: asFolder(table.StorageDescriptor?.Location),
    properties: Object.fromEntries(
      Object.entries(table.Parameters ?? {}).filter(([key]) => !ADDED_BY_GLUE.has(key)),
    ),
  };
}

/** Reads a partition with its location. */
function readPartition({ Values, StorageDescriptor }: Partition): TablePartition {
  return { values: Values ?? [], location: asFolder(StorageDescriptor?.Location) };
}

function readColumn({ Name = '', Type = '' }: Column): TableColumn {
  return { name: Name, type: Type };
}

/** Glue may keep a location without the slash that the DDL gave it. */
function asFolder(location = ''): string {
  return location === '' || location.endsWith('/') ? location : `${location}/`;
}

function readFormat(storage: StorageDescriptor | undefined): StoredTable['format'] {
  const { SerializationLibrary = '', Parameters } = storage?.SerdeInfo ?? {};
  if (SerializationLibrary.endsWith('.ParquetHiveSerDe')) return 'parquet';
  const bySpaces = (Parameters?.['field.delim'] ?? Parameters?.['serialization.format']) === ' ';
  return SerializationLibrary.endsWith('.LazySimpleSerDe') && bySpaces ? 'text' : undefined;
}

/** Athena has one name for all faults of a request; only the message distinguishes them. */
function isMissing({ fault, message }: CloudError): boolean {
  return fault === 'InvalidRequestException' && /not found/i.test(message);
}

function isExisting({ fault, message }: CloudError): boolean {
  return fault === 'InvalidRequestException' && /already (exists|created)/i.test(message);
}

/** Finds a workgroup; undefined when there is none of that name. */
async function findWorkgroup(
  athena: Athena,
  name: string,
  signal: AbortSignal,
): Promise<Workgroup | undefined> {
  const found = await callAwsOrNothing('athena:GetWorkGroup', isMissing, signal, () =>
    athena.getWorkGroup({ WorkGroup: name }, { abortSignal: signal }),
  );
  if (found?.WorkGroup === undefined) return undefined;
  const { Configuration } = found.WorkGroup;
  return {
    name,
    resultLocation: Configuration?.ResultConfiguration?.OutputLocation,
    scanLimitBytes: Configuration?.BytesScannedCutoffPerQuery,
    enforced: Configuration?.EnforceWorkGroupConfiguration ?? false,
  };
}

/** Creates a workgroup with encrypted results, a limit for each query and metrics in CloudWatch. */
async function createWorkgroup(
  athena: Athena,
  { name, resultLocation, scanLimitBytes }: WantedWorkgroup,
  signal: AbortSignal,
): Promise<void> {
  const request = {
    Name: name,
    Configuration: {
      ResultConfiguration: {
        OutputLocation: resultLocation,
        EncryptionConfiguration: { EncryptionOption: 'SSE_S3' as const },
      },
      EnforceWorkGroupConfiguration: true,
      PublishCloudWatchMetricsEnabled: true,
      BytesScannedCutoffPerQuery: scanLimitBytes,
    },
  };
  await callAwsOrNothing('athena:CreateWorkGroup', isExisting, signal, () =>
    athena.createWorkGroup(request, { abortSignal: signal }),
  );
}
