import { UserError } from '../errors.ts';
import { columnName, FIELD_NAMES, type FieldName, isField } from '../flow-log/fields.ts';
import { nearest } from '../line/plain-arguments.ts';
import { type HiveType, typeAt } from '../sql/hive-types.ts';
import { inCode } from '../wording.ts';
import { type AdoptedTable, tableWords } from './adopted-table.ts';
import { OCSF_FIELDS, OCSF_MARK, OCSF_TIMES, OCSF_UNMAPPED, type OcsfField } from './ocsf.ts';
import type { LogTable } from './scan.ts';
import type { TableField, TableFields, TableValue } from './table-field.ts';
import type { TableSchema } from './tables.ts';

/** A table as it is configured for a source, and as the catalog has it. */
interface DescribedTable {
  /** The name of the source. */
  readonly name: string;
  readonly table: AdoptedTable;
  readonly schema: TableSchema;
}

/** What statements need to know of the columns of a table. */
type ReadColumns = Required<Pick<LogTable, 'fields' | 'columns'>> & Pick<LogTable, 'time'>;

/**
 * The fields of a table that flowlog did not make, by the columns that it really has.
 * @throws UserError where flowlog.yml names a column that it has not, or times are missing, saying what to write.
 */
export function readColumns(described: DescribedTable): ReadColumns {
  const { columns: mapping } = described.table;
  const columns = mapping === 'ocsf' ? ocsfColumns(described) : namedColumns(described, mapping ?? {});
  const fields = FIELD_NAMES.filter((field) => columns[field] !== undefined);
  refuseWithoutTimes(described, fields);
  refuseMissing(described, fields);
  const wanted = described.table.fields;
  return {
    fields: wanted === undefined ? fields : fields.filter((field) => wanted.includes(field)),
    columns,
    ...timeColumn(described),
  };
}

function namedColumns(described: DescribedTable, mapping: Readonly<Record<string, string>>): TableFields {
  const own = described.schema.columns.map(({ name }) => name);
  const named = FIELD_NAMES.flatMap((field) => {
    const name = own.find((each) => columnName(each) === columnName(field));
    const value = name === undefined ? undefined : valueAt(described, field, name);
    return value === undefined ? [] : [[field, { values: [value] }] as const];
  });
  const mapped = Object.entries(mapping).map(([field, path]) => {
    if (!isField(field)) throw noField(described, field);
    const value = valueAt(described, field, path);
    if (value === undefined) throw noColumn(described, `maps \`${field}\` of ${described.name} to`, path);
    return [field, { values: [value] }] as const;
  });
  return Object.fromEntries([...named, ...mapped]);
}

function ocsfColumns(described: DescribedTable): TableFields {
  const found = FIELD_NAMES.flatMap((field) => {
    const column = ocsfColumn(described, field, OCSF_FIELDS[field] ?? unmapped(field));
    return column === undefined ? [] : [[field, column] as const];
  });
  return Object.fromEntries(found);
}

/** A field that OCSF has no place for is kept under its own name. */
function unmapped(field: FieldName): OcsfField {
  return { anyOf: [`${OCSF_UNMAPPED}.${columnName(field)}`] };
}

function ocsfColumn(
  described: DescribedTable,
  field: FieldName,
  { oneOf = [], anyOf = [] }: OcsfField,
): TableField | undefined {
  for (const { path, words } of oneOf) {
    const value = valueAt(described, field, path);
    if (value !== undefined) return { values: [value], ...(words !== undefined && { words }) };
  }
  const values = anyOf.flatMap((path) => valueAt(described, field, path) ?? []);
  return values.length === 0 ? undefined : { values };
}

const TIME_FIELDS: ReadonlySet<string> = new Set<FieldName>(['start', 'end']);

/** The value at a path; undefined where the table has none, or one that is no single value. */
function valueAt(described: DescribedTable, field: string, written: string): TableValue | undefined {
  const path = written.replace(/\[1\]$/, '').split('.');
  const first = written.endsWith('[1]');
  const { columns, partitionKeys } = described.schema;
  const found = typeAt([...columns, ...partitionKeys], path);
  const single = first && found?.kind === 'array' ? found.of : found;
  if (single?.kind !== 'plain' || (first && found?.kind !== 'array')) return undefined;
  const type = typeOf(single);
  const isTime = TIME_FIELDS.has(field);
  return {
    path,
    type,
    ...(first && { first }),
    ...(isTime && type === 'number' && isInMilliseconds(described.table) && { unit: 'milliseconds' }),
  };
}

const TYPES: Readonly<Record<string, TableValue['type']>> = {
  string: 'text',
  varchar: 'text',
  char: 'text',
  tinyint: 'number',
  smallint: 'number',
  int: 'number',
  integer: 'number',
  bigint: 'number',
  long: 'number',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  'timestamp with time zone': 'timestamp',
  date: 'date',
};

function typeOf({ name }: Extract<HiveType, { kind: 'plain' }>): TableValue['type'] {
  return TYPES[name] ?? 'other';
}

function isInMilliseconds({ columns, times }: AdoptedTable): boolean {
  return (times ?? (columns === 'ocsf' ? 'milliseconds' : 'seconds')) === 'milliseconds';
}

/** The column by which an engine leaves files out, beside the times of records. */
function timeColumn(described: DescribedTable): Pick<LogTable, 'time'> {
  const { time, columns } = described.table;
  if (time !== undefined) {
    const value = valueAt(described, 'start', time);
    if (value === undefined) throw noColumn(described, `gives as the \`time\` of ${described.name}`, time);
    return { time: value };
  }
  if (columns !== 'ocsf') return {};
  const [found] = OCSF_TIMES.flatMap((path) => valueAt(described, 'start', path) ?? []);
  return found === undefined ? {} : { time: found };
}

/** Records without both times are in no window. */
function refuseWithoutTimes(described: DescribedTable, fields: readonly FieldName[]): void {
  const missing = (['start', 'end'] as const).find((field) => !fields.includes(field));
  if (missing === undefined) return;
  const { name, table, schema } = described;
  const isOcsf = schema.columns.some((column) => column.name.toLowerCase() === OCSF_MARK);
  throw new UserError(`The table ${tableWords(table)} of ${name} has no column ${inCode(missing)}.`, {
    hint:
      isOcsf && table.columns !== 'ocsf'
        ? `Its columns are those of OCSF: type \`columns: ocsf\` for ${name} in flowlog.yml.`
        : `Type \`columns: { ${missing}: … }\` for ${name} in flowlog.yml, with one of ${columnWords(schema)}.`,
  });
}

function refuseMissing(described: DescribedTable, fields: readonly FieldName[]): void {
  const missing = described.table.fields?.find((field) => !isField(field) || !fields.includes(field));
  if (missing === undefined) return;
  if (!isField(missing)) throw noField(described, missing);
  const { name, table, schema } = described;
  throw new UserError(
    `flowlog.yml lists \`${missing}\` under \`fields\` of ${name}, for which ${tableWords(table)} has no column.`,
    {
      hint: `Take it out, or type \`columns: { ${missing}: … }\` with one of ${columnWords(schema)}.`,
    },
  );
}

function noField({ name, table }: DescribedTable, field: string): UserError {
  const meant = nearest(field, FIELD_NAMES);
  return new UserError(
    `flowlog.yml names ${inCode(field)} for the table ${tableWords(table)} of ${name}, which is no field of flow logs.`,
    {
      hint: meant === undefined ? 'The fields are those of AWS: `srcaddr`, `dstport`.' : `Type \`${meant}\`.`,
    },
  );
}

function noColumn({ table, schema }: DescribedTable, what: string, path: string): UserError {
  const paths = pathsIn(schema);
  const within = paths.filter((each) => each.startsWith(`${path}.`));
  const meant = nearest(path, paths);
  const one = meant === undefined ? `one of ${listed(paths)}` : inCode(meant);
  return new UserError(`flowlog.yml ${what} ${inCode(path)}, which is no value in ${tableWords(table)}.`, {
    hint: `Type ${within.length === 0 ? one : `one of ${listed(within)}`} there.`,
  });
}

function pathsIn({ columns, partitionKeys }: TableSchema): readonly string[] {
  return [...columns, ...partitionKeys].flatMap(({ name }) => {
    const type = typeAt(columns, [name]);
    return type?.kind === 'struct' ? type.members.map(([member]) => `${name}.${member}`) : [name];
  });
}

/** Further ones are counted, not listed. */
const MOST_NAMED = 12;

function columnWords(schema: TableSchema): string {
  return listed(pathsIn(schema));
}

function listed(paths: readonly string[]): string {
  const rest = paths.length - MOST_NAMED;
  const named = paths.slice(0, MOST_NAMED).map((path) => inCode(path));
  return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
