import { UserError } from '../errors.ts';
import { columnName, FIELDS, isField } from '../flow-log/fields.ts';
import type { TableColumn, TableSpec } from '../sql/hive-ddl.ts';
import { type S3Source, s3Url, sourceRoot } from './log-source.ts';
import { keyValue, type Partitioning, partitionsTouching, type TimeKey } from './partitioning.ts';
import type { StoredTable } from './tables.ts';

/** The property by which a table of flowlog is distinguished from others. */
export const MADE_BY = { key: 'managed-by', value: 'flowlog' } as const;

/** How a table is made. */
export interface TableOptions {
  readonly database: string;
  readonly mode: PartitionMode;
  /** From when on partitions are projected: the creation of the flow log, or the first file. */
  readonly since: Date;
}

/** The table over the files of a source, from the fields of its log format: in their order, with AWS's types. */
export function tableFor(source: S3Source, { database, mode, since }: TableOptions): TableSpec {
  const { format } = source.place.files;
  return {
    database,
    name: tableNameFor(source.name),
    columns: source.fields.map(columnOf),
    partitionKeys: keysFor(source, mode).map(({ column, type }) => ({
      name: column,
      type: HIVE_TYPES[type],
    })),
    format,
    location: s3Url(source.place.bucket, sourceRoot(source)),
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
 * Partitions that Athena works out by itself, so that none must be added. Their template names every key of the
 * table: Athena refuses one that writes the account out.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 * @throws UserError for a prefix in which Athena would look for keys.
 */
function projection(source: S3Source, since: Date): Readonly<Record<string, string>> {
  const { bucket, prefix, files } = source.place;
  if (prefix.includes(PLACEHOLDER))
    throw new UserError(`Athena reads \`${PLACEHOLDER}\` in the prefix \`${prefix}\` as a partition key.`, {
      hint: `Type \`table ${source.name} mode=partitions\`: partitions that are added one by one have no template.`,
    });
  const keys = keysFor(source, 'projected');
  const placed = { account: placeholder(ACCOUNT_KEY), region: placeholder(REGION_KEY), place: source.place };
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

/** The name of a source's table: a plain identifier with the id of its flow log, `fl_0a1b2c3d4e5f60718`. */
export function tableNameFor(sourceName: string): string {
  return columnName(sourceName);
}

/** Partitions that Athena works out by itself, or ones that are added one by one. */
export type PartitionMode = 'projected' | 'explicit';

/** A partition key of a table of flowlog. */
export type PartitionKey =
  | { readonly kind: 'fixed'; readonly column: string; readonly type: 'string'; readonly value: string }
  | (TimeKey & {
      readonly kind: 'time';
      /** The name of its folder in Hive's layout. */
      readonly folder: string;
      /** First and last value where they are numbers, and how many digits they are padded to. */
      readonly range: string;
      readonly digits: number | undefined;
    });

/** The keys that have one value for a whole source. */
const ACCOUNT_KEY = 'p_account';
const REGION_KEY = 'p_region';

/** Flow logs exist since 2015; a year too many in the range costs nothing, because the window is narrower. */
const YEARS = '2015,2099';

/**
 * The partition keys of a source's table. Their names begin with `p_`, because `region` and `account_id` may be
 * columns. One key is the hour or the day, so that a window is one range; only projection over Hive's
 * folders needs one for each folder.
 */
export function keysFor(source: S3Source, mode: PartitionMode): readonly PartitionKey[] {
  const { hive, hourly } = source.place.files;
  const place = [fixed(ACCOUNT_KEY, source.account), fixed(REGION_KEY, source.region)];
  if (mode === 'projected' && hive) {
    const hour = number('p_hour', 'HH', 'hour', '0,23', 2);
    return [
      ...place,
      number('p_year', 'yyyy', 'year', YEARS),
      number('p_month', 'MM', 'month', '1,12', 2),
      number('p_day', 'dd', 'day', '1,31', 2),
      ...(hourly ? [hour] : []),
    ];
  }
  const time = hourly ? text('p_hour', 'yyyy/MM/dd/HH') : text('p_day', 'yyyy/MM/dd');
  return [...place, time];
}

/** How statements must ask for the partitions of a source's table. */
export function partitioningFor(source: S3Source, mode: PartitionMode): Partitioning {
  const keys = keysFor(source, mode);
  return {
    grain: source.place.files.hourly ? 'hour' : 'day',
    fixed: Object.fromEntries(keys.flatMap((key) => (key.kind === 'fixed' ? [[key.column, key.value]] : []))),
    time: keys.flatMap((key) =>
      key.kind === 'time' ? [{ column: key.column, pattern: key.pattern, type: key.type }] : [],
    ),
  };
}

/** Whether Athena works the partitions of a table out by itself. */
export function modeOf({ properties }: Pick<StoredTable, 'properties'>): PartitionMode {
  return properties['projection.enabled'] === 'true' ? 'projected' : 'explicit';
}

function fixed(column: string, value: string): PartitionKey {
  return { kind: 'fixed', column, type: 'string', value };
}

function text(column: string, pattern: string): PartitionKey {
  return { kind: 'time', column, pattern, type: 'string', folder: column, range: '', digits: undefined };
}

function number(
  column: string,
  pattern: string,
  folder: string,
  range: string,
  digits?: number,
): PartitionKey {
  return { kind: 'time', column, pattern, type: 'integer', folder, range, digits };
}
