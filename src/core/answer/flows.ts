import { columnName, FIELD_NAMES, FIELDS, type FieldName } from '../flow-log/fields.ts';
import type { Source } from '../ports/scan.ts';
import { identifier } from '../sql/identifier.ts';
import { list } from '../sql/list.ts';
import { type Sql, sql } from '../sql/sql.ts';
import type { Window } from '../window/window.ts';

/** `start` and `end` are reserved words in SQL, and their unit is worth a name. */
const RENAMED: Partial<Record<FieldName, string>> = { start: 'start_seconds', end: 'end_seconds' };

/** What coverage counts, whatever the query reads. */
const ALWAYS: ReadonlySet<FieldName> = new Set<FieldName>(['end', 'log-status']);

/** The name by which queries read a field: `pkt-srcaddr` is `pkt_srcaddr`, `start` is `start_seconds`. */
export function flowColumn(field: FieldName): string {
  return RENAMED[field] ?? columnName(field);
}

/** The fields that a query's SQL names, and those that coverage needs: no statement carries more. */
export function fieldsReadBy({ text }: Sql): readonly FieldName[] {
  return FIELD_NAMES.filter(
    (field) => ALWAYS.has(field) || new RegExp(`\\b${flowColumn(field)}\\b`).test(text),
  );
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
  return isText ? sql`nullif(${stored}, '-') AS ${name}` : sql`${stored} AS ${name}`;
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
