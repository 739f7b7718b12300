import { columnName, FIELDS, isField } from '../../core/flow-log/fields.ts';
import type { Shape } from '../lake/shape.ts';
import { exactPattern, literal } from './literal.ts';
import { STATUS_FIELD, toldStatus } from './told-status.ts';

/** A file to read and how it holds its records. */
export interface ReadableFile {
  readonly path: string;
  readonly shape: Shape;
}

/**
 * SQL for all the records of the files, one SELECT per shape, joined by column name: a field that some files lack
 * is NULL there. Columns have AWS's names with underscores, and `-` is NULL in numbers. The fields are those that
 * statements were told of: they are there even when the file that had them has gone. The column `$path`, which every
 * table of Athena has, is there where it is wanted: it is made for each record.
 */
export function relationOf(
  files: readonly ReadableFile[],
  fields: readonly string[],
  { withPath }: Pathed = { withPath: false },
): string {
  const groups = new Map<string, ReadableFile[]>();
  for (const file of files) {
    const { format, columns, header, exported } = file.shape;
    const key = [format, compressionOf(file), header, exported, ...columns].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const selects = [...groups.values()].map((group) => selectOf(group, withPath));
  return [noRecords(fields, withPath), ...selects].join('\nUNION ALL BY NAME\n');
}

interface Pathed {
  readonly withPath: boolean;
}

const PATH = '"$path"';

function noRecords(fields: readonly string[], withPath: boolean): string {
  const columns = fields.map((field) => `CAST(NULL AS ${typeOf(field)}) AS "${columnName(field)}"`);
  const path = withPath ? [`CAST(NULL AS VARCHAR) AS ${PATH}`] : [];
  return `SELECT ${[...columns, ...path].join(', ')} WHERE FALSE`;
}

function selectOf(files: readonly ReadableFile[], withPath: boolean): string {
  const [first] = files;
  if (first === undefined) throw new RangeError('a group of files is never empty');
  const paths = `[${files.map(({ path }) => literal(exactPattern(path))).join(', ')}]`;
  const { shape } = first;
  const select =
    shape.format === 'parquet'
      ? fromParquet(paths, shape, withPath)
      : fromText(paths, shape, { compression: compressionOf(first), withPath });
  return shape.fields.includes(STATUS_FIELD) ? select : toldStatus(select, shape.fields);
}

function fromParquet(paths: string, { fields, columns }: Shape, withPath: boolean): string {
  const selected = fields.map(
    (field, index) =>
      `CAST("${(columns[index] ?? '').replaceAll('"', '""')}" AS ${typeOf(field)}) AS "${columnName(field)}"`,
  );
  const { column, option } = pathOf(withPath);
  return `SELECT ${[...selected, ...column].join(', ')} FROM read_parquet(${[paths, 'hive_partitioning = false', ...option].join(', ')})`;
}

/**
 * Columns are declared from each file's own header: DuckDB's sniffer misreads these files, and with a fixed list
 * it would ignore the header and swap columns. Lines that do not fit are counted, not skipped without a word.
 */
function fromText(
  paths: string,
  { fields, header, exported }: Shape,
  { compression, withPath }: Pathed & { readonly compression: string },
): string {
  const names = fields.map((field) => `"${columnName(field)}"`);
  const declared = fields.map((field) => `${literal(columnName(field))}: '${typeOf(field)}'`);
  const columns = exported ? ["'export_time': 'VARCHAR'", ...declared] : declared;
  const { column, option } = pathOf(withPath);
  const options = [
    `delim = ' ', header = ${header}, auto_detect = false, quote = '', escape = '', nullstr = '-'`,
    `columns = {${columns.join(', ')}}`,
    `compression = '${compression}', hive_partitioning = false, store_rejects = true`,
    ...option,
  ];
  return `SELECT ${[...names, ...column].join(', ')} FROM read_csv(${paths}, ${options.join(', ')})`;
}

/** What makes the column, and the option by which DuckDB reads it. */
function pathOf(withPath: boolean) {
  return withPath
    ? { column: [`filename AS ${PATH}`], option: ['filename = true'] }
    : { column: [], option: [] };
}

/** Said, because DuckDB takes what follows a `?` in a path for a web query, and would read gzip as text there. */
function compressionOf({ path }: ReadableFile): 'gzip' | 'none' {
  return path.endsWith('.gz') ? 'gzip' : 'none';
}

function typeOf(field: string): 'VARCHAR' | 'BIGINT' {
  return isField(field) && FIELDS[field].type !== 'text' ? 'BIGINT' : 'VARCHAR';
}
