import type { TableColumn, TableSpec } from '../ports/cloud/tables.ts';
import { checkedLocation } from './checked-location.ts';
import { hiveIdentifier } from './hive-identifier.ts';
import { hiveString } from './hive-string.ts';
import { tableName } from './table-name.ts';

/** How the two formats are read: text by its place in the line, below a header that AWS writes into every file. */
const FORMATS: Readonly<
  Record<
    TableSpec['format'],
    { readonly clause: string; readonly properties: Readonly<Record<string, string>> }
  >
> = {
  text: {
    clause: "ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '",
    properties: { 'skip.header.line.count': '1' },
  },
  parquet: { clause: 'STORED AS PARQUET', properties: {} },
};

/** Makes a table over flow log files, unless it is there. @throws RangeError for names and types that are not plain. */
export function createTableDdl(spec: TableSpec): string {
  const format = FORMATS[spec.format];
  const properties = Object.entries({ ...format.properties, ...spec.properties });
  return [
    `CREATE EXTERNAL TABLE IF NOT EXISTS ${tableName(spec)} (`,
    `${spec.columns.map((each) => `  ${column(each)}`).join(',\n')}`,
    ')',
    ...(spec.partitionKeys.length > 0
      ? [`PARTITIONED BY (${spec.partitionKeys.map(column).join(', ')})`]
      : []),
    format.clause,
    `LOCATION ${hiveString(checkedLocation(spec.location))}`,
    ...(properties.length > 0
      ? [`TBLPROPERTIES (\n${properties.map((each) => `  ${property(each)}`).join(',\n')}\n)`]
      : []),
  ].join('\n');
}

/** The types of flow log fields and of partition keys. */
const TYPES: ReadonlySet<string> = new Set(['string', 'int', 'bigint', 'date']);

function column({ name, type }: TableColumn): string {
  if (!TYPES.has(type)) throw new RangeError(`not a type of a column: ${type}`);
  return `${hiveIdentifier(name)} ${type}`;
}

function property([key, value]: readonly [string, string]): string {
  return `${hiveString(key)} = ${hiveString(value)}`;
}
