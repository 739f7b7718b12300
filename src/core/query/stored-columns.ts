import { columnName, FIELDS, type FieldName } from '../flow-log/fields.ts';
import type { LogTable } from '../lake/scan.ts';
import type { TableField, TableValue } from '../lake/table-field.ts';
import { identifier, storedPath, storedWord, timestampLiteral } from '../sql/literals.ts';
import { inOrder, list, type Sql, sql } from '../sql/sql.ts';

/** How a table has a field, as far as statements go by it. */
export interface StoredField {
  /** What is compared, without `-` and in the words of flow logs; NULL of a record that has none. */
  readonly value: Sql;
  /** True of a record that has a value; by the column itself, so that engines can leave files out by it. */
  readonly isThere: Sql;
  /** What conditions compare: the column itself wherever that is possible. */
  readonly from: (seconds: number) => Sql;
  readonly before: (seconds: number) => Sql;
}

/** Where a table has a field, which it must have. */
export function storedField(field: FieldName, { columns }: Pick<LogTable, 'columns'>): StoredField {
  const column = columns?.[field];
  if (columns !== undefined && column === undefined) throw new RangeError(`the table has no ${field}`);
  return column === undefined ? ownColumn(field) : mappedColumn(field, column);
}

/** A column of a table that flowlog made, or of files. */
function ownColumn(field: FieldName): StoredField {
  const name = identifier(columnName(field));
  const isText = FIELDS[field].type === 'text';
  return {
    value: isText ? withoutDash(name) : name,
    isThere: isText ? sql`${name} <> '-'` : sql`${name} IS NOT NULL`,
    from: (seconds) => sql`${name} >= ${seconds}`,
    before: (seconds) => sql`${name} < ${seconds}`,
  };
}

/** A column of another owner. */
function mappedColumn(field: FieldName, { values, words }: TableField): StoredField {
  const converted = values.map((each) =>
    words === undefined ? inFlowLogs(field, each) : inWords(field, each, words),
  );
  const [only] = converted;
  const value = only !== undefined && converted.length === 1 ? only : sql`coalesce(${list(converted)})`;
  const [plain] = values;
  const isPlain = plain !== undefined && values.length === 1 && words === undefined;
  return {
    value,
    isThere: sql`${value} IS NOT NULL`,
    from: (seconds) => (isPlain ? storedFrom(plain, seconds) : sql`${value} >= ${seconds}`),
    before: (seconds) => (isPlain ? storedBefore(plain, seconds) : sql`${value} < ${seconds}`),
  };
}

// Not NULLIF, which Trino before 427 fails to compile where one statement reads it twice: 398 does.
function withoutDash(text: Sql): Sql {
  return sql`CASE WHEN ${text} <> '-' THEN ${text} END`;
}

/** A value as it is in the table. */
function stored({ path, first }: TableValue): Sql {
  return first ? sql`element_at(${storedPath(path)}, 1)` : storedPath(path);
}

function inFlowLogs(field: FieldName, value: TableValue): Sql {
  const raw = stored(value);
  if (FIELDS[field].type === 'text')
    return value.type === 'text' ? withoutDash(raw) : sql`CAST(${raw} AS varchar)`;
  if (value.type === 'number') return value.unit === 'milliseconds' ? sql`${raw} / 1000` : raw;
  if (value.type === 'timestamp' || value.type === 'date')
    return sql`CAST(floor(to_unixtime(${raw})) AS bigint)`;
  return sql`try_cast(${raw} AS bigint)`;
}

/** What flow logs call the words or numbers of a table. */
function inWords(field: FieldName, value: TableValue, words: Readonly<Record<string, string>>): Sql {
  const isText = FIELDS[field].type === 'text';
  const branches = Object.entries(words).map(([from, to]) => {
    const said = value.type === 'text' ? storedWord(from) : sql`${Number(from)}`;
    return sql`WHEN ${said} THEN ${isText ? storedWord(to) : sql`${Number(to)}`}`;
  });
  return sql`CASE ${stored(value)} ${inOrder(branches)} END`;
}

/** True of a time in a table that is not before an instant. */
export function storedFrom(value: TableValue, seconds: number): Sql {
  return sql`${compared(value)} >= ${instant(value, seconds)}`;
}

/** True of a time in a table that is before an instant. */
export function storedBefore(value: TableValue, seconds: number): Sql {
  // A day begins before all of its instants.
  return value.type === 'date'
    ? sql`${compared(value)} <= ${instant(value, seconds - 1)}`
    : sql`${compared(value)} < ${instant(value, seconds)}`;
}

function compared(value: TableValue): Sql {
  const isComparable = value.type !== 'text' && value.type !== 'other';
  return isComparable ? stored(value) : sql`try_cast(${stored(value)} AS bigint)`;
}

function instant({ type, unit }: TableValue, seconds: number): Sql {
  if (type === 'timestamp') return timestampLiteral(seconds);
  if (type === 'date') return sql`CAST(${timestampLiteral(seconds)} AS date)`;
  return sql`${unit === 'milliseconds' ? seconds * 1000 : seconds}`;
}
