import { literal } from '../../../../src/duckdb/literal.ts';
import type { TableInGlue } from './stored-files.ts';

/** A file of a table on disk. */
export interface FileOnDisk {
  /** Where it is in S3: `s3://bucket/key`. */
  readonly url: string;
  readonly path: string;
  readonly bytes: number;
  readonly values: readonly string[];
}

/** The relation of a table's files with the keys of their partitions. */
export function filesName({ DatabaseName, Name }: TableInGlue): string {
  return `"${DatabaseName}"."${Name} files"`;
}

/** SQL by which DuckDB knows the files of a table, with the keys of their partitions, by which Athena prunes them. */
export function tableFiles(table: TableInGlue, files: readonly FileOnDisk[]): readonly string[] {
  const declared = (table.PartitionKeys ?? []).map(({ Name, Type }) => `"${Name}" ${typeOf(Type)}`);
  const rows = files.map(
    ({ path, url, bytes, values }) =>
      `(${[literal(path), literal(url), bytes, ...values.map(literal)].join(', ')})`,
  );
  return [
    `CREATE SCHEMA IF NOT EXISTS "${table.DatabaseName}"`,
    `CREATE TABLE ${filesName(table)} (${['path VARCHAR', '"$path" VARCHAR', 'bytes BIGINT', ...declared].join(', ')})`,
    ...(rows.length === 0 ? [] : [`INSERT INTO ${filesName(table)} VALUES ${rows.join(', ')}`]),
  ];
}

/**
 * SQL by which DuckDB reads some of the files as Athena does: text by place below one line of header, where what is no
 * number is NULL in a column of numbers; Parquet by name; and with each record the keys of its partition and the path
 * of its file.
 */
export function tableView(table: TableInGlue, files: readonly FileOnDisk[]): string {
  const keys = (table.PartitionKeys ?? []).map(({ Name }) => `files."${Name}"`);
  const columns = (table.StorageDescriptor?.Columns ?? []).map(
    ({ Name, Type }) => `TRY_CAST(${digits(`read."${Name}"`, table, Type)} AS ${typeOf(Type)}) AS "${Name}"`,
  );
  return `CREATE VIEW "${table.DatabaseName}"."${table.Name}" AS SELECT ${[...columns, ...keys, 'files."$path"'].join(', ')}
     FROM (${reading(table, files)}) AS read JOIN ${filesName(table)} AS files ON files.path = read.filename`;
}

/** Hive reads digits as a number, and nothing else: `1e3` and `1.0`, which DuckDB reads too, are NULL. */
function digits(column: string, table: TableInGlue, type: string | undefined): string {
  const isNumber = !isParquet(table) && typeOf(type) !== 'VARCHAR';
  return isNumber ? `CASE WHEN regexp_full_match(${column}, '[+-]?[0-9]+') THEN ${column} END` : column;
}

function isParquet({ StorageDescriptor }: TableInGlue): boolean {
  return StorageDescriptor?.SerdeInfo?.SerializationLibrary?.endsWith('ParquetHiveSerDe') ?? false;
}

function reading(table: TableInGlue, files: readonly FileOnDisk[]): string {
  const columns = (table.StorageDescriptor?.Columns ?? []).map(({ Name = '' }) => Name);
  if (files.length === 0)
    return `SELECT ${[...columns, 'filename'].map((name) => `NULL::VARCHAR AS "${name}"`).join(', ')} WHERE FALSE`;
  const paths = `[${files.map(({ path }) => literal(path)).join(', ')}]`;
  if (isParquet(table))
    return `SELECT * FROM read_parquet(${paths}, filename = true, union_by_name = true, hive_partitioning = false)`;
  // A line may have more words than the table has columns, or fewer: Hive drops those, and lacks these.
  const words = columns.map((name, index) => `words[${index + 1}] AS "${name}"`).join(', ');
  return `SELECT ${words}, filename FROM (SELECT string_split(line, ' ') AS words, filename FROM read_csv(${paths},
     delim = '\u0001', header = false, skip = 1, auto_detect = false, quote = '', escape = '',
     columns = {'line': 'VARCHAR'}, compression = 'gzip', hive_partitioning = false, filename = true)) AS lines`;
}

const TYPES: Readonly<Record<string, string>> = { int: 'INTEGER', bigint: 'BIGINT', date: 'DATE' };

function typeOf(type = 'string'): string {
  return TYPES[type] ?? 'VARCHAR';
}
