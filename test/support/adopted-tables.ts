import type { AdoptedTable } from '../../src/core/lake/adopted-table.ts';
import type { LogTable } from '../../src/core/lake/scan.ts';
import { readColumns } from '../../src/core/lake/table-columns.ts';
import type { TableSchema } from '../../src/core/lake/tables.ts';

const ENDPOINT =
  'struct<port:int,svc_name:string,ip:string,intermediate_ips:array<string>,interface_uid:string,vpc_uid:string,instance_uid:string,subnet_uid:string>';

/** A table of Security Lake, as far as flow logs fill it, in the words of Glue. */
export const OCSF_SCHEMA: TableSchema = {
  columns: [
    {
      name: 'metadata',
      type: 'struct<product:struct<version:string,name:string,feature:struct<name:string>>,profiles:array<string>>',
    },
    { name: 'cloud', type: 'struct<account:struct<uid:string>,region:string,zone:string,provider:string>' },
    { name: 'src_endpoint', type: ENDPOINT },
    { name: 'dst_endpoint', type: ENDPOINT },
    {
      name: 'connection_info',
      type: 'struct<protocol_num:int,tcp_flags:int,protocol_ver:string,boundary_id:int,boundary:string,direction_id:int,direction:string>',
    },
    { name: 'traffic', type: 'struct<packets:bigint,bytes:bigint>' },
    { name: 'time', type: 'bigint' },
    { name: 'time_dt', type: 'timestamp' },
    { name: 'start_time_dt', type: 'timestamp' },
    { name: 'end_time_dt', type: 'timestamp' },
    { name: 'activity_id', type: 'int' },
    { name: 'action', type: 'string' },
    { name: 'action_id', type: 'int' },
    { name: 'status_code', type: 'string' },
    { name: 'unmapped', type: 'struct<sublocation_type:string,reject_reason:string>' },
  ],
  partitionKeys: [],
};

/** A table as a scan has it that was found to be of a schema. */
export function foundTable(table: AdoptedTable, schema: TableSchema): LogTable {
  const { catalog, database, name, partitioning } = table;
  return {
    ...(catalog !== undefined && { catalog }),
    database,
    name,
    ...readColumns({ name: 'lake', table, schema }),
    ...(partitioning !== undefined && { partitioning }),
  };
}

/** A table of which each field has a column, some of them under other names. */
export function renamedTable(
  fields: readonly string[],
  columns: Readonly<Record<string, string>>,
  partitioning: NonNullable<AdoptedTable['partitioning']>,
): LogTable {
  const own = fields.map((field) => columns[field] ?? field.replaceAll('-', '_'));
  const numbers = /^(?:version|start|end|.*time|.*port|protocol|packets|bytes|tcp_flags|traffic_path)$/;
  const schema = {
    columns: own.map((name) => ({ name, type: numbers.test(name) ? 'bigint' : 'string' })),
    partitionKeys: [],
  };
  return foundTable({ database: 'logs', name: 'vpc_flow_logs', columns, partitioning }, schema);
}

/** A table of OCSF in a table bucket. */
export const OCSF_TABLE: LogTable = {
  ...foundTable(
    {
      catalog: 's3tablescatalog/aws-cloudwatch',
      database: 'logs',
      name: 'amazon_vpc__flow',
      columns: 'ocsf',
    },
    OCSF_SCHEMA,
  ),
  unlisted: { atMostBytes: 100_000_000_000 },
};
