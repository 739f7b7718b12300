import { createTableDdl, type TablePartition, type TableSpec } from '../../../src/core/sql/hive-ddl.ts';

const TEXT = String.raw`'((?:[^'\\]|\\.)*)'`;
const PROPERTY = new RegExp(`${TEXT} = ${TEXT}`, 'g');
const COLUMN = /`(\w+)` (\w+)/g;
const PARTS = new RegExp(
  String.raw`^CREATE EXTERNAL TABLE IF NOT EXISTS \x60(\w+)\x60\.\x60(\w+)\x60 \(\n([^)]*)\n\)\n` +
    String.raw`(?:PARTITIONED BY \(([^)]*)\)\n)?(.*)\nLOCATION ${TEXT}(?:\nTBLPROPERTIES \(\n([\s\S]*)\n\))?$`,
);

/**
 * Our DDL of a table in the words of Trino's own Hive connector, read from the text that Athena gets.
 * @see https://trino.io/docs/current/connector/hive.html#table-properties
 */
export function trinoTableDdl(spec: TableSpec): string {
  const ddl = createTableDdl(spec);
  const parts = PARTS.exec(ddl);
  if (parts === null) throw new RangeError(`not the DDL of a table of flowlog: ${ddl}`);
  const [, database = '', name = '', columns = '', keys = '', format = '', location = '', listed = ''] =
    parts;
  const properties = new Map(
    [...listed.matchAll(PROPERTY)].map(([, key, value]) => [unescaped(key), unescaped(value)]),
  );
  const partitionKeys = [...keys.matchAll(COLUMN)];
  const written = [...columns.matchAll(COLUMN)].map(([, column, type]) => `"${column}" ${typeOf(type)}`);
  const projected = partitionKeys.map(([, column = '', type]) =>
    `"${column}" ${typeOf(type)} ${projectionOf(column, properties)}`.trimEnd(),
  );
  const template = properties.get('storage.location.template');
  const wanted = {
    external_location: text(localUrl(unescaped(location))),
    ...(format === 'STORED AS PARQUET'
      ? { format: "'PARQUET'" }
      : { format: "'TEXTFILE'", textfile_field_separator: "' '" }),
    ...(properties.has('skip.header.line.count') && {
      skip_header_line_count: properties.get('skip.header.line.count') ?? '',
    }),
    ...(partitionKeys.length > 0 && {
      partitioned_by: array(partitionKeys.map(([, column = '']) => column)),
    }),
    ...(properties.get('projection.enabled') === 'true' && { partition_projection_enabled: 'true' }),
    ...(template !== undefined && { partition_projection_location_template: text(localUrl(template)) }),
  };
  return `CREATE TABLE "${database}"."${name}" (${[...written, ...projected].join(', ')}) WITH (${assignments(wanted)})`;
}

/** What adds a partition to a table. */
export function trinoPartition(
  { database, name, partitionKeys }: TableSpec,
  { values, location }: TablePartition,
): string {
  const keys = array(partitionKeys.map((key) => key.name));
  return `CALL system.register_partition(${[text(database), text(name), keys, array(values), text(localUrl(location))].join(', ')})`;
}

/** A place in S3 as the judge has it. */
function localUrl(url: string): string {
  return url.replace(/^s3:/, 'local:/');
}

/** A statement with the paths of files as the judge has them. */
export function localPaths(statement: string): string {
  return statement.replaceAll("'s3://", "'local:///");
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'varchar',
  int: 'integer',
  bigint: 'bigint',
  date: 'date',
};

function typeOf(type = ''): string {
  const found = TYPES[type];
  if (found === undefined) throw new RangeError(`no type of a flow log: ${type}`);
  return found;
}

/** The names of Trino's properties, and how each is written, by what Athena calls them. */
const PROJECTION: readonly (readonly [string, string, (value: string) => string])[] = [
  ['type', 'type', (value) => text(value.toUpperCase())],
  ['values', 'values', (value) => array(value.split(','))],
  ['range', 'range', (value) => array(value.split(','))],
  ['format', 'format', text],
  ['digits', 'digits', (value) => value],
  ['interval', 'interval', (value) => value],
  ['interval.unit', 'interval_unit', (value) => text(value.toUpperCase())],
];

function projectionOf(column: string, properties: ReadonlyMap<string, string>): string {
  const set = PROJECTION.flatMap(([ours, theirs, write]) => {
    const value = properties.get(`projection.${column}.${ours}`);
    return value === undefined ? [] : [[`partition_projection_${theirs}`, write(value)] as const];
  });
  return set.length === 0 ? '' : `WITH (${assignments(Object.fromEntries(set))})`;
}

function assignments(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

function array(values: readonly string[]): string {
  return `ARRAY[${values.map(text).join(', ')}]`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function unescaped(written = ''): string {
  return written.replaceAll(/\\(.)/g, '$1');
}
