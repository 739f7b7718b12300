import { UserError } from '../errors.ts';
import { columnName, FIELDS, isField } from '../flow-log/fields.ts';
import { keyValue, partitionsTouching } from '../partition/partitions-touching.ts';
import type { TableColumn, TableSpec } from '../ports/cloud/tables.ts';
import type { LogSource } from '../source/log-source.ts';
import { s3Url, sourceRoot } from '../source/source-root.ts';
import { ACCOUNT_KEY, keysFor, type PartitionMode, REGION_KEY } from './partition-keys.ts';
import { tableNameFor } from './table-name-for.ts';

/** The property by which a table of flowlog is known from one that somebody else made. */
export const MADE_BY = { key: 'managed-by', value: 'flowlog' } as const;

/** How a table is made. */
export interface TableOptions {
  readonly database: string;
  readonly mode: PartitionMode;
  /** From when on partitions are projected: the creation of the flow log, or the first file. */
  readonly since: Date;
}

/** The table over the files of a source, from the fields of its log format: in their order, with AWS's types. */
export function tableFor(source: LogSource, { database, mode, since }: TableOptions): TableSpec {
  const { format } = source.files.files;
  return {
    database,
    name: tableNameFor(source.name),
    columns: source.fields.map(columnOf),
    partitionKeys: keysFor(source, mode).map(({ column, type }) => ({
      name: column,
      type: HIVE_TYPES[type],
    })),
    format,
    location: s3Url(source.files.bucket, sourceRoot(source)),
    properties: {
      [MADE_BY.key]: MADE_BY.value,
      ...(format === 'text' ? { 'skip.header.line.count': '1' } : {}),
      ...(mode === 'projected' ? projection(source, since) : {}),
    },
  };
}

/** Whole numbers are 32 bits wide but for counts and times, as in the Parquet files of AWS; its sample DDL is wider. */
function columnOf(field: string): TableColumn {
  const type = isField(field) ? FIELDS[field].type : 'text';
  return { name: columnName(field), type: { text: 'string', integer: 'int', long: 'bigint' }[type] };
}

const HIVE_TYPES = { string: 'string', integer: 'int', date: 'date' } as const;

/**
 * Partitions that Athena works out by itself, so that nobody has to add them. Their template names every key of the
 * table: Athena refuses one that writes the account out.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 * @throws UserError for a prefix in which Athena would look for keys.
 */
function projection(source: LogSource, since: Date): Readonly<Record<string, string>> {
  const { bucket, prefix, files } = source.files;
  if (prefix.includes(PLACEHOLDER))
    throw new UserError(`Athena reads \`${PLACEHOLDER}\` in the prefix \`${prefix}\` as a partition key.`, {
      hint: `Type \`table ${source.name} mode=partitions\`: partitions that are added one by one have no template.`,
    });
  const keys = keysFor(source, 'projected');
  const placed = { account: placeholder(ACCOUNT_KEY), region: placeholder(REGION_KEY), files: source.files };
  const folders = keys.flatMap((key) => {
    if (key.kind === 'fixed') return [];
    return [files.hive ? `${key.folder}=${placeholder(key.column)}` : placeholder(key.column)];
  });
  const template = s3Url(bucket, `${sourceRoot(placed)}${folders.join('/')}/`);
  return Object.assign(
    { 'projection.enabled': 'true', 'storage.location.template': template },
    ...keys.map((key) => projected(key, since)),
  );
}

/** What begins a key in a template. */
const PLACEHOLDER = '${';

function placeholder(column: string): string {
  return `${PLACEHOLDER}${column}}`;
}

function projected(key: ReturnType<typeof keysFor>[number], since: Date): Readonly<Record<string, string>> {
  const property = (name: string) => `projection.${key.column}.${name}`;
  if (key.kind === 'fixed') return { [property('type')]: 'enum', [property('values')]: key.value };
  if (key.type === 'integer')
    return {
      [property('type')]: 'integer',
      [property('range')]: key.range,
      ...(key.digits === undefined ? {} : { [property('digits')]: String(key.digits) }),
    };
  const [first = 0] = partitionsTouching('day', dayOf(since));
  const hours = { [property('interval')]: '1', [property('interval.unit')]: 'HOURS' };
  return {
    [property('type')]: 'date',
    [property('format')]: key.pattern,
    [property('range')]: `${keyValue(key, first)},NOW`,
    ...(key.pattern.endsWith('HH') ? hours : {}),
  };
}

function dayOf(instant: Date) {
  const seconds = Math.floor(instant.getTime() / 1000);
  return { fromSeconds: seconds, toSeconds: seconds + 1 };
}
