import { FIELD_NAMES, FIELDS, type FieldName, TRAFFIC_FIELDS } from '../flow-log/fields.ts';
import { LONGEST_INTERVAL_SECONDS, type SlotRange } from '../flow-log/slots.ts';
import { partitionPredicate } from '../lake/partitioning.ts';
import type { LogTable, RepeatedRecords } from '../lake/scan.ts';
import { catalogName, identifier, pathLiteral } from '../sql/literals.ts';
import { allOf, anyOf, list, longList, type Sql, sql, unionAll } from '../sql/sql.ts';
import { slotRangeOf, type Window } from '../time/window.ts';
import { DERIVED_COLUMNS, flowColumn, type NamedWindow, periodOf } from './flow-columns.ts';
import { storedBefore, storedField, storedFrom } from './stored-columns.ts';

/** What coverage counts, whatever the query reads. */
const ALWAYS: ReadonlySet<FieldName> = new Set<FieldName>(['interface-id', 'end', 'log-status']);

/** The derived column whose meaning depends on the question. */
const PERIOD = 'period';

/** The fields that a fragment reads, itself or by a derived column. */
export function fieldsAskedBy({ reads = [] }: Sql): readonly FieldName[] {
  const columns = new Set(reads.flatMap(readBehind));
  return FIELD_NAMES.filter((field) => columns.has(flowColumn(field)));
}

/** The fields that a query's SQL names, and those that coverage needs. */
export function fieldsReadBy(reader: Sql): readonly FieldName[] {
  const asked = fieldsAskedBy(reader);
  return FIELD_NAMES.filter((field) => ALWAYS.has(field) || asked.includes(field));
}

/** The columns of fields that a column of `flows` is made of. */
function readBehind(name: string): readonly string[] {
  if (name === PERIOD) return ['start_seconds', 'end_seconds'];
  return isDerived(name) ? (DERIVED_COLUMNS[name].reads ?? []) : [name];
}

function isDerived(name: string): name is keyof typeof DERIVED_COLUMNS {
  return Object.hasOwn(DERIVED_COLUMNS, name);
}

/**
 * The rows of the tables whose interval touches one of the windows, with `-` as NULL, fields that a table does not record as
 * NULL, and reserved names renamed.
 */
export function recordsIn(
  windows: readonly Window[],
  tables: readonly LogTable[],
  fields: readonly FieldName[],
): Sql {
  return unionAll(tables.map((table) => recordsOf(table, windows, fields)));
}

function recordsOf(table: LogTable, windows: readonly Window[], fields: readonly FieldName[]): Sql {
  const columns = longList(fields.map((field) => selected(field, table)));
  const { partitioning } = table;
  return sql`SELECT ${columns}
  FROM ${relationName(table)}
  WHERE ${allOf(
    partitioning !== undefined &&
      anyOfSeveral(windows.map((window) => partitionPredicate(partitioning, filedIn(window, table)))),
    table.paths !== undefined && inFiles(table.paths),
    ...touching(windows, table),
    table.flowLogs !== undefined && inFilesOf(table.flowLogs),
    ...(table.repeats ?? []).map((repeats) => isNoRepeat(repeats, table)),
  )}`;
}

/** AWS files records by their end; others may by their start, which is up to an interval earlier. */
function filedIn(window: Window, { unlisted }: LogTable): SlotRange {
  const { fromSeconds, toSeconds } = slotRangeOf(window);
  return { fromSeconds: fromSeconds - (unlisted === undefined ? 0 : LONGEST_INTERVAL_SECONDS), toSeconds };
}

/** The records whose interval touches a window: the conditions of the only one, or one of each. */
function touching(windows: readonly Window[], table: LogTable): readonly Sql[] {
  const conditions = windows.map(({ from, to }) => [
    ...around(seconds(from), seconds(to), table),
    storedField('end', table).from(seconds(from)),
    storedField('start', table).before(seconds(to)),
  ]);
  const [only = []] = conditions;
  return conditions.length === 1 ? only : [anyOf(...conditions.map((each) => allOf(...each)))];
}

/** A time of a record that touches a window is no more than an interval outside of it. */
function around(fromSeconds: number, toSeconds: number, { time }: LogTable): readonly Sql[] {
  if (time === undefined) return [];
  return [
    storedFrom(time, fromSeconds - LONGEST_INTERVAL_SECONDS),
    storedBefore(time, toSeconds + LONGEST_INTERVAL_SECONDS),
  ];
}

function anyOfSeveral(conditions: readonly Sql[]): Sql {
  // Windows of one day name the same partitions.
  const different = [...new Map(conditions.map((each) => [`${each.text} ${each.bound}`, each])).values()];
  const [only] = different;
  return only !== undefined && different.length === 1 ? only : anyOf(...different);
}

/**
 * The records of some files. Every table over S3 has the hidden column `$path`, and Athena opens no other file for a
 * list of values, where it opens all of them to see how a path begins.
 * @see https://trino.io/docs/current/connector/hive.html#metadata-columns
 */
function inFiles(paths: readonly string[]): Sql {
  return paths.length === 0 ? sql`FALSE` : sql`"$path" IN (${list(paths.map(pathLiteral))})`;
}

/**
 * The records of some flow logs, where others deliver under the same prefix: AWS begins the names of their files so.
 * For when there are too many files to name them.
 */
function inFilesOf(flowLogs: readonly string[]): Sql {
  return anyOf(...flowLogs.map((flowLog) => sql`strpos("$path", ${`/${flowLog}_`}) > 0`));
}

/** All records but those that count in another flow log, which recorded them too. */
function isNoRepeat({ flowLog, interfaces }: RepeatedRecords, table: LogTable): Sql {
  const ids = list(interfaces.map((id) => sql`${id}`));
  const isRepeated = sql`coalesce(${storedField('interface-id', table).value}, '') IN (${ids})`;
  return sql`NOT (strpos("$path", ${`/${flowLog}_`}) > 0 AND ${isRepeated})`;
}

function relationName({ catalog, database, name }: LogTable): Sql {
  if (database === undefined) return identifier(name);
  const table = sql`${identifier(database)}.${identifier(name)}`;
  return catalog === undefined ? table : sql`${catalogName(catalog)}.${table}`;
}

function selected(field: FieldName, table: LogTable): Sql {
  const name = identifier(flowColumn(field));
  if (field === 'log-status' && !table.fields.includes(field))
    return sql`${statusFromTraffic(table)} AS ${name}`;
  if (!table.fields.includes(field))
    return FIELDS[field].type === 'text'
      ? sql`CAST(NULL AS varchar) AS ${name}`
      : sql`CAST(NULL AS bigint) AS ${name}`;
  const { value } = storedField(field, table);
  return value.text === name.text ? value : sql`${value} AS ${name}`;
}

/**
 * The status of records that were written without that field: one with any trace of traffic is one of traffic. Left
 * NULL it would be taken for none, and an answer would say that there was no traffic.
 */
function statusFromTraffic(table: LogTable): Sql {
  const recorded = TRAFFIC_FIELDS.filter((field) => table.fields.includes(field));
  return impliedStatus(recorded.map((field) => storedField(field, table).isThere));
}

/** The status of a record without that field, by conditions each of which shows traffic. */
export function impliedStatus(traces: readonly Sql[]): Sql {
  return sql`CASE WHEN ${anyOf(...traces)} THEN 'OK' ELSE 'NOT RECORDED' END`;
}

/** The columns of `flows` that a fragment reads, and those that coverage counts. */
export function columnsReadBy({ reads = [] }: Sql): readonly string[] {
  const fields = FIELD_NAMES.filter((field) => ALWAYS.has(field) || reads.includes(flowColumn(field)));
  const others = [...Object.keys(DERIVED_COLUMNS), PERIOD].filter((name) => reads.includes(name));
  return [...fields.map(flowColumn), ...others];
}

/**
 * The relation `flows`: the fields and the derived columns that the reader names. Records that are none of traffic
 * are still among them, for coverage; they leave where records are grouped.
 */
export function flowsFor(reader: Sql, windows: readonly NamedWindow[]): Sql {
  const columns = columnsReadBy(reader).map((name) => {
    if (name === PERIOD) return sql`${periodOf(windows)} AS ${identifier(name)}`;
    return isDerived(name) ? sql`${DERIVED_COLUMNS[name]} AS ${identifier(name)}` : identifier(name);
  });
  return sql`SELECT ${list(columns)}
  FROM records`;
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
