import { columnName, FIELD_NAMES, FIELDS, type FieldName } from '../flow-log/fields.ts';
import type { Source } from '../ports/scan.ts';
import { identifier } from '../sql/identifier.ts';
import { list } from '../sql/list.ts';
import { type Sql, sql } from '../sql/sql.ts';
import type { Window } from '../window/window.ts';
import { DERIVED_COLUMNS, derivedReadBy } from './derived-columns.ts';

/** `start` and `end` are reserved words in SQL, and their unit is worth a name. */
const RENAMED: Partial<Record<FieldName, string>> = { start: 'start_seconds', end: 'end_seconds' };

/** What coverage counts, whatever the query reads. */
const ALWAYS: ReadonlySet<FieldName> = new Set<FieldName>(['end', 'log-status']);

/** The name by which queries read a field: `pkt-srcaddr` is `pkt_srcaddr`, `start` is `start_seconds`. */
export function flowColumn(field: FieldName): string {
  return RENAMED[field] ?? columnName(field);
}

/** The fields that a query's SQL names, itself or by a derived column, and those that coverage needs. */
export function fieldsReadBy(reader: Sql): readonly FieldName[] {
  const derived = derivedReadBy(reader).map((name) => DERIVED_COLUMNS[name]?.text ?? '');
  const named = fieldsNamedIn([reader.text, ...derived].join(' '));
  return FIELD_NAMES.filter((field) => ALWAYS.has(field) || named.includes(field));
}

function fieldsNamedIn(text: string): readonly FieldName[] {
  return FIELD_NAMES.filter((field) => new RegExp(`\\b${flowColumn(field)}\\b`).test(text));
}

/**
 * The rows of the source whose interval touches the window, with `-` as NULL, fields that the source does not
 * record as NULL, and reserved names renamed.
 */
export function recordsIn(window: Window, source: Source, fields: readonly FieldName[]): Sql {
  const columns = list(fields.map((field) => selected(field, source.fields.includes(field))));
  return sql`SELECT ${columns}
  FROM ${identifier(source.table)}
  WHERE "end" >= ${seconds(window.from)} AND "start" < ${seconds(window.to)}`;
}

function selected(field: FieldName, recorded: boolean): Sql {
  const name = identifier(flowColumn(field));
  const isText = FIELDS[field].type === 'text';
  if (!recorded) return isText ? sql`CAST(NULL AS varchar) AS ${name}` : sql`CAST(NULL AS bigint) AS ${name}`;
  const stored = identifier(columnName(field));
  if (isText) return sql`nullif(${stored}, '-') AS ${name}`;
  return stored.text === name.text ? stored : sql`${stored} AS ${name}`;
}

/** The relation `flows`: the records of traffic, with the fields and the derived columns that the reader names. */
export function flowsFor(reader: Sql): Sql {
  const fields = fieldsNamedIn(reader.text).map((field) => identifier(flowColumn(field)));
  const derived = derivedReadBy(reader).map(
    (name) => sql`${DERIVED_COLUMNS[name] ?? sql`NULL`} AS ${identifier(name)}`,
  );
  return sql`SELECT ${list([...fields, ...derived])}
  FROM records
  WHERE log_status = 'OK'`;
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
