import { columnName, FIELDS, type FieldName, isField, TRAFFIC_FIELDS } from '../core/flow-log/fields.ts';
import type { RecordsOf } from '../core/lake/scan.ts';
import { impliedStatus } from '../core/query/flows.ts';
import { identifier } from '../core/sql/literals.ts';
import { sql } from '../core/sql/sql.ts';
import { LONGEST_LINE } from './lake/line-counts.ts';
import { OWNER_FIELDS } from './lake/owned-records.ts';
import type { Shape } from './lake/shape.ts';
import { exactPattern, literal } from './literal.ts';

/** Distinguishes records of traffic from those that say that there was none, or that they were lost. */
const STATUS_FIELD = 'log-status' satisfies FieldName;

/** A file to read, how it holds its records, and which of them count. */
export interface ReadableFile {
  readonly path: string;
  readonly shape: Shape;
  readonly only?: RecordsOf | undefined;
}

/**
 * DuckDB's own choice is 30.5 MiB for each buffer of a file of text, and what is in them cannot be spilled: a question
 * over many files then fails at limits that are permitted.
 */
const BUFFER_BYTES = 2_097_152;

/**
 * SQL for all the records of the files, one SELECT per shape, joined by column name: a field that some files lack
 * is NULL there. Columns have AWS's names with underscores, and `-` is NULL in numbers. The fields are those that
 * statements name: they are there even when the file that had them is deleted. The column `$path`, which every
 * table of Athena has, is there where it is wanted: it is made for each record.
 */
export function relationOf(
  files: readonly ReadableFile[],
  fields: readonly string[],
  { withPath }: Pathed = { withPath: false },
): string {
  const groups = new Map<string, ReadableFile[]>();
  for (const file of files) {
    const { format, columns, header, exported, fields: own, isGlanced } = file.shape;
    const read = [compressionOf(file), isLenient(file), isGlanced, file.only];
    const key = JSON.stringify([format, header, exported, own, columns, read]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    // There may be a hundred thousand: they are not copied for each.
    group.push(file);
  }
  const selects = [...groups.values()].map((group) => selectOf(group, withPath));
  return [noRecords(fields, withPath), ...selects].join('\nUNION ALL BY NAME\n');
}

/** SQL for all the records of one text file, each column as it is read. */
export function recordsOfText(file: ReadableFile): string {
  return fromText(`[${literal(exactPattern(file.path))}]`, file, false);
}

interface Pathed {
  readonly withPath: boolean;
}

const PATH = '"$path"';

function noRecords(fields: readonly string[], withPath: boolean): string {
  const columns = fields.map((field) => `CAST(NULL AS ${columnTypeOf(field)}) AS "${columnName(field)}"`);
  const path = withPath ? [`CAST(NULL AS VARCHAR) AS ${PATH}`] : [];
  return `SELECT ${[...columns, ...path].join(', ')} WHERE FALSE`;
}

function selectOf(files: readonly ReadableFile[], withPath: boolean): string {
  const [first] = files;
  if (first === undefined) throw new RangeError('a group of files is never empty');
  const paths = `[${files.map(({ path }) => literal(exactPattern(path))).join(', ')}]`;
  const { shape, only } = first;
  const all =
    shape.format === 'parquet' ? fromParquet(paths, shape, withPath) : fromText(paths, first, withPath);
  const select = only === undefined ? all : recordsOnly(all, only);
  return shape.fields.includes(STATUS_FIELD) ? select : withDerivedStatus(select, shape.fields);
}

function fromParquet(paths: string, { fields, columns }: Shape, withPath: boolean): string {
  const selected = fields.map((field, index) => {
    const name = (columns[index]?.name ?? '').replaceAll('"', '""');
    return `CAST("${name}" AS ${columnTypeOf(field)}) AS "${columnName(field)}"`;
  });
  const { column, option } = pathOf(withPath);
  return `SELECT ${[...selected, ...column].join(', ')} FROM read_parquet(${[paths, 'hive_partitioning = false', ...option].join(', ')})`;
}

/**
 * Columns are declared from each file's own header: DuckDB's sniffer misreads these files, and with a fixed list
 * it would ignore the header and swap columns. Lines that do not fit were counted when the file was looked into. Where
 * there were none, or they were not counted, DuckDB must find none either: it passes over lines only in files that are known to
 * have some.
 */
function fromText(paths: string, file: ReadableFile, withPath: boolean): string {
  const { fields, header, exported, isGlanced = false } = file.shape;
  const names = fields.map((field) =>
    isGlanced && isTime(field) ? timeGiven(field) : `"${columnName(field)}"`,
  );
  const declared = fields.map((field) => `${literal(columnName(field))}: '${columnTypeOf(field)}'`);
  const columns = exported ? ["'export_time': 'VARCHAR'", ...declared] : declared;
  const { column, option } = pathOf(withPath);
  const options = [
    `delim = ' ', header = ${header}, auto_detect = false, quote = '', escape = '', nullstr = '-'`,
    `columns = {${columns.join(', ')}}`,
    `compression = '${compressionOf(file)}', hive_partitioning = false, ignore_errors = ${isLenient(file)}`,
    `buffer_size = ${BUFFER_BYTES}, max_line_size = ${LONGEST_LINE}`,
    ...option,
  ];
  return `SELECT ${[...names, ...column].join(', ')} FROM read_csv(${paths}, ${options.join(', ')})`;
}

const TIMES: readonly string[] = ['start', 'end'] satisfies readonly FieldName[];

function isTime(field: string): boolean {
  return TIMES.includes(field);
}

/** A record without a time is none. Where lines were not counted, reading one fails, so that they are. */
function timeGiven(field: string): string {
  const column = `"${columnName(field)}"`;
  return `CASE WHEN ${column} IS NULL THEN error('a record has no time') ELSE ${column} END AS ${column}`;
}

function isLenient({ shape }: ReadableFile): boolean {
  return (shape.unreadableLines ?? 0) > 0;
}

/** A name that no column of a file has: DuckDB refuses a file that has one of that name. */
const READ_FROM = 'the file that flowlog reads';

/** What makes the column, and the option by which DuckDB reads it. */
function pathOf(withPath: boolean) {
  return withPath
    ? { column: [`"${READ_FROM}" AS ${PATH}`], option: [`filename = '${READ_FROM}'`] }
    : { column: [], option: [] };
}

/** Said, because DuckDB takes what follows a `?` in a path for a web query, and would read gzip as text there. */
function compressionOf({ path }: ReadableFile): 'gzip' | 'none' {
  return path.endsWith('.gz') ? 'gzip' : 'none';
}

/** How a column holds the values of a field. */
export function columnTypeOf(field: string): 'VARCHAR' | 'BIGINT' {
  return isField(field) && FIELDS[field].type !== 'text' ? 'BIGINT' : 'VARCHAR';
}

/** AWS writes `unknown` for interfaces that it made for itself: their owner is not known, so they count. */
const UNKNOWN_OWNERS = ['unknown', '-'] as const;

/** The records of a SELECT that are those of an account, a region, or both, or do not say of which. */
function recordsOnly(select: string, only: RecordsOf): string {
  const conditions = Object.entries(OWNER_FIELDS).flatMap(([whose, field]) => {
    const wanted = whose === 'account' ? only.account : only.region;
    if (wanted === undefined) return [];
    const column = `"${columnName(field)}"`;
    return [`coalesce(${column}, '-') IN (${[wanted, ...UNKNOWN_OWNERS].map(literal).join(', ')})`];
  });
  return `SELECT * FROM (${select}) AS owned WHERE ${conditions.join(' AND ')}`;
}

/**
 * Adds the status to records that were written without that field: a record with a value in any field of traffic is
 * one of traffic. Left NULL it would count as none, and an answer would say that there was no traffic.
 */
function withDerivedStatus(select: string, fields: readonly string[]): string {
  const traces = TRAFFIC_FIELDS.filter((field) => fields.includes(field)).map(
    (field) => sql`nullif(CAST(${identifier(columnName(field))} AS VARCHAR), '-') IS NOT NULL`,
  );
  return `SELECT *, ${impliedStatus(traces).text} AS "${columnName(STATUS_FIELD)}" FROM (${select}) AS unmarked`;
}
