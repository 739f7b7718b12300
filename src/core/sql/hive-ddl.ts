import { AWS_LIMITS } from '../flow-log/aws-limits.ts';

/** Makes a database, unless it is there. @throws RangeError for a name that is no plain identifier. */
export function createDatabaseDdl(database: string): string {
  return `CREATE DATABASE IF NOT EXISTS ${hiveIdentifier(database)}`;
}

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

/** Drops a table if it is there; its files stay. @throws RangeError for names that are no plain identifiers. */
export function dropTableDdl(database: string, name: string): string {
  return `DROP TABLE IF EXISTS ${tableName({ database, name })}`;
}

/**
 * Adds partitions with their places, leaving alone those that are there.
 * @throws RangeError for names that are not plain, and for a partition with more or fewer values than the table has keys.
 */
export function addPartitionsDdl(
  spec: Pick<TableSpec, 'database' | 'name' | 'partitionKeys'>,
  partitions: readonly TablePartition[],
): string {
  if (partitions.length === 0) throw new RangeError('no partition to add');
  const added = partitions.map(
    ({ values, location }) =>
      `  PARTITION (${assignments(spec.partitionKeys, values)}) LOCATION ${hiveString(checkedLocation(location))}`,
  );
  return [`ALTER TABLE ${tableName(spec)} ADD IF NOT EXISTS`, ...added].join('\n');
}

function assignments(keys: TableSpec['partitionKeys'], values: readonly string[]): string {
  if (keys.length !== values.length) {
    throw new RangeError(`${values.length} values for ${keys.length} partition keys`);
  }
  return keys
    .map(({ name }, index) => `${hiveIdentifier(name)} = ${hiveString(values[index] ?? '')}`)
    .join(', ');
}

/** Half of the limit of a statement: the size of a partition is only estimated. */
const MOST_BYTES = AWS_LIMITS.statementBytes / 2;
/** The quotes around each value, and around the location. */
const WORDS_BYTES = 100;
/** Glue takes 100 partitions in a call of its own, and Athena makes as many calls as it needs; more are slow. */
const MOST = 500;

/** Cuts partitions into batches that each fit into one statement, in their order. */
export function partitionBatches(
  partitions: readonly TablePartition[],
): readonly (readonly TablePartition[])[] {
  const batches: TablePartition[][] = [];
  let bytes = 0;
  for (const partition of partitions) {
    const size =
      WORDS_BYTES * (1 + partition.values.length) +
      Buffer.byteLength(partition.location) +
      Buffer.byteLength(partition.values.join());
    const last = batches.at(-1);
    if (last === undefined || last.length >= MOST || bytes + size > MOST_BYTES) {
      batches.push([partition]);
      bytes = size;
    } else {
      last.push(partition);
      bytes += size;
    }
  }
  return batches;
}

/** A table with its database, as DDL names it. */
function tableName({ database, name }: Pick<TableSpec, 'database' | 'name'>): string {
  return `${hiveIdentifier(database)}.${hiveIdentifier(name)}`;
}

const IDENTIFIER = new RegExp(`^[a-z_][a-z0-9_]{0,${AWS_LIMITS.catalogName - 1}}$`);

/**
 * The name of a database, table or column in DDL, which quotes with backticks where statements use double quotes.
 * @throws RangeError when the name is not a plain lower-case identifier.
 */
export function hiveIdentifier(name: string): string {
  if (!IDENTIFIER.test(name)) throw new RangeError(`not an identifier: ${name}`);
  return `\`${name}\``;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Text in DDL. Hive escapes with a backslash; a doubled quote would end one text and begin the next.
 * @throws RangeError for text with control characters, which no name in S3 of ours has.
 */
export function hiveString(text: string): string {
  if (CONTROL.test(text)) throw new RangeError('text with control characters has no place in DDL');
  return `'${text.replace(/[\\']/g, (each) => `\\${each}`)}'`;
}

const { bucketNameLeast: least, bucketName: most } = AWS_LIMITS;
const LOCATION = new RegExp(`^s3://(?=[^/]{${least},${most}}/)[a-z0-9][a-z0-9.-]*[a-z0-9]/(?:.*/)?$`, 's');

/**
 * A folder in S3 that a table or partition reads.
 * @throws RangeError for what is not `s3://bucket/…/`: without the slash at the end `fl-1` would read `fl-10` too.
 */
function checkedLocation(location: string): string {
  if (!LOCATION.test(location)) throw new RangeError(`not a folder in S3: ${location}`);
  return location;
}

/** A column of a table, in the words of Hive DDL. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/** A table over flow log files: all that its DDL says. */
export interface TableSpec {
  readonly database: string;
  readonly name: string;
  /** In the order of the fields in the files, which is what a text table goes by. */
  readonly columns: readonly TableColumn[];
  readonly partitionKeys: readonly TableColumn[];
  readonly format: 'text' | 'parquet';
  /** `s3://bucket/prefix/…/` */
  readonly location: string;
  /** TBLPROPERTIES: the header to skip, partition projection, whose table it is. */
  readonly properties: Readonly<Record<string, string>>;
}

/** One partition: its values in the order of the table's partition keys, and where its files are. */
export interface TablePartition {
  readonly values: readonly string[];
  /** `s3://…/` */
  readonly location: string;
}
