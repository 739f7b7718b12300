import type { Table } from '@aws-sdk/client-glue';
import { literal } from '../../../../src/local/duckdb/literal.ts';

/** A file of a table on disk. */
export interface FileOnDisk {
  readonly path: string;
  readonly bytes: number;
  readonly values: readonly string[];
}

/** The relation of a table's files with the keys of their partitions. */
export function filesName({ DatabaseName, Name }: Table): string {
  return `"${DatabaseName}"."${Name} files"`;
}

/**
 * SQL by which DuckDB reads a table as Athena does: text by place below one line of header, where what is no number is
 * NULL in a column of numbers; Parquet by name; and the keys of its partition beside each record.
 */
export function tableView(table: Table, files: readonly FileOnDisk[]): readonly string[] {
  const keys = table.PartitionKeys ?? [];
  const declared = keys.map(({ Name, Type }) => `"${Name}" ${typeOf(Type)}`);
  const rows = files.map(
    ({ path, bytes, values }) => `(${[literal(path), bytes, ...values.map(literal)].join(', ')})`,
  );
  const selected = keys.map(({ Name }) => `files."${Name}"`);
  const columns = (table.StorageDescriptor?.Columns ?? []).map(
    ({ Name, Type }) => `TRY_CAST(read."${Name}" AS ${typeOf(Type)}) AS "${Name}"`,
  );
  return [
    `CREATE SCHEMA IF NOT EXISTS "${table.DatabaseName}"`,
    `CREATE TABLE ${filesName(table)} (${['path VARCHAR', 'bytes BIGINT', ...declared].join(', ')})`,
    ...(rows.length === 0 ? [] : [`INSERT INTO ${filesName(table)} VALUES ${rows.join(', ')}`]),
    `CREATE VIEW "${table.DatabaseName}"."${table.Name}" AS SELECT ${[...columns, ...selected].join(', ')}
     FROM (${reading(table, files)}) AS read JOIN ${filesName(table)} AS files ON files.path = read.filename`,
  ];
}

function reading({ StorageDescriptor }: Table, files: readonly FileOnDisk[]): string {
  const columns = (StorageDescriptor?.Columns ?? []).map(({ Name = '' }) => Name);
  if (files.length === 0)
    return `SELECT ${[...columns, 'filename'].map((name) => `NULL::VARCHAR AS "${name}"`).join(', ')} WHERE FALSE`;
  const paths = `[${files.map(({ path }) => literal(path)).join(', ')}]`;
  if (StorageDescriptor?.SerdeInfo?.SerializationLibrary?.endsWith('ParquetHiveSerDe'))
    return `SELECT * FROM read_parquet(${paths}, filename = true, union_by_name = true, hive_partitioning = false)`;
  const declared = columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return `SELECT * FROM read_csv(${paths}, delim = ' ', header = false, skip = 1, auto_detect = false, quote = '',
     escape = '', columns = {${declared}}, compression = 'gzip', hive_partitioning = false, filename = true)`;
}

function typeOf(type = 'string'): string {
  return type === 'string' ? 'VARCHAR' : 'BIGINT';
}
