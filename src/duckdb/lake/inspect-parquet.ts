import type { DuckDBConnection } from '@duckdb/node-api';
import { columnName, FIELDS, isField } from '../../core/flow-log/fields.ts';
import type { Slot } from '../../core/flow-log/slots.ts';
import { interruptible } from '../interruptible.ts';
import { exactPattern, literal } from '../literal.ts';
import type { Duckdb } from '../open-duckdb.ts';
import { fieldName, namedTwice, refuseFields, refuseRecord } from './file-fields.ts';
import type { Inspection, StoredColumn } from './shape.ts';

const SCHEMA = 'SELECT name, num_children FROM parquet_schema(?)';
const ROWS = 'SELECT num_rows FROM parquet_file_metadata(?)';
/** The range of each column, as far as the footer has it, and whether it has it for each group of rows. */
const RANGES = `SELECT path_in_schema, min(TRY_CAST(stats_min_value AS BIGINT)), max(TRY_CAST(stats_max_value AS BIGINT)),
    count(*) = count(TRY_CAST(stats_min_value AS BIGINT)) AND count(*) = count(TRY_CAST(stats_max_value AS BIGINT)),
    min(stats_min_value), sum(stats_null_count)
  FROM parquet_metadata(?) GROUP BY path_in_schema`;

/** The range of one column over all groups of rows, from the footer. */
interface ColumnRange {
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
  readonly leastText: string;
  readonly nulls: number;
}

/** Looks into Parquet files by their footer, which a truncated file does not have. */
export function createParquetInspector(duckdb: Duckdb) {
  return async (path: string, signal: AbortSignal): Promise<Inspection> => {
    try {
      const inspection = await interruptible(duckdb, signal, (connection) => inspect(connection, path));
      if (!('shape' in inspection) || inspection.shape.ends !== undefined || inspection.shape.records === 0) {
        return inspection;
      }
      const ends = await readEnds(duckdb, path, signal);
      return { shape: { ...inspection.shape, ends } };
    } catch (error) {
      signal.throwIfAborted();
      return damage(error instanceof Error ? error.message : String(error));
    }
  };
}

async function inspect(connection: DuckDBConnection, path: string): Promise<Inspection> {
  const pattern = exactPattern(path);
  const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql, [pattern])).getRows();
  const names = topLevel((await rowsOf(SCHEMA)).map(([name, inside]) => [String(name), Number(inside ?? 0)]));
  const types = await connection.runAndReadAll(
    `SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet(${literal(pattern)}, hive_partitioning = false))`,
  );
  const typeNames = types.getRows().map(([type]) => String(type));
  const columns = names.map((name, index) => ({ name, type: typeNames[index] ?? '' }));
  const fields = names.map(fieldName);
  const ranges = rangesOf(await rowsOf(RANGES));
  const range = (field: string) => ranges.get(names[fields.indexOf(field)] ?? '');
  const least = fields.map((field) => range(field)?.leastText ?? '');
  const reason = refuseColumns(columns) ?? refuseRecord(fields, least);
  if (reason !== undefined) return { reason, final: true };
  const records = Number((await rowsOf(ROWS))[0]?.[0] ?? 0);
  const end = range('end');
  const shape = { format: 'parquet', fields, columns, header: false, exported: false } as const;
  return { shape: { ...shape, records, unreadableLines: end?.nulls ?? 0, ends: endsOf(end) } };
}

function rangesOf(rows: readonly (readonly unknown[])[]): ReadonlyMap<string, ColumnRange> {
  return new Map(
    rows.map(([path, least, most, isWhole, leastText, nulls]) => [
      String(path),
      {
        least: Number(least ?? 0),
        most: Number(most ?? 0),
        isWhole: isWhole === true,
        leastText: String(leastText ?? ''),
        nulls: Number(nulls ?? 0),
      },
    ]),
  );
}

function endsOf(range: ColumnRange | undefined): Slot | undefined {
  if (range === undefined || !range.isWhole) return undefined;
  return { fromSeconds: range.least, toSeconds: range.most + 1 };
}

/** The ends of a file whose footer lacks them; a damaged page shows when the file is read. */
async function readEnds(duckdb: Duckdb, path: string, signal: AbortSignal): Promise<Slot | undefined> {
  const sql = `SELECT min("end"), max("end") FROM read_parquet(${literal(exactPattern(path))}, hive_partitioning = false)`;
  try {
    const read = await interruptible(duckdb, signal, (connection) => connection.runAndReadAll(sql));
    const [oldest, newest] = read.getRows()[0] ?? [];
    if (typeof oldest !== 'bigint' && typeof oldest !== 'number') return undefined;
    return { fromSeconds: Number(oldest), toSeconds: Number(newest) + 1 };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function damage(message: string): Inspection {
  if (/too small|No magic bytes|not a parquet/i.test(message)) {
    return { reason: 'is a truncated Parquet file or none at all', unfinished: true };
  }
  if (/TProtocolException|Failed to read|invalid/i.test(message))
    return { reason: 'is a damaged Parquet file' };
  return { reason: `cannot be read as Parquet (${message.split('\n')[0] ?? ''})` };
}

/** Fewer known names than this and a file is another table. */
const FEWEST_KNOWN = 3;

const WHOLE_NUMBER = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/;
const TEXT = /^(?:VARCHAR|BLOB|JSON|UUID)$/;
/** A column that holds nothing at all, of which some writers know no type. */
const NOTHING = '"NULL"';

/**
 * The names of a Parquet file's columns themselves, out of its schema: the root, and behind each column those that are
 * in it, each with how many it has.
 */
function topLevel(schema: readonly (readonly [string, number])[]): readonly string[] {
  const names: string[] = [];
  // Columns of columns that are still to be passed over.
  let inside = 0;
  for (const [name, children] of schema.slice(1)) {
    if (inside === 0) names.push(name);
    else inside -= 1;
    inside += children;
  }
  return names;
}

/** Why a file with these columns is not read, in words for people; undefined when it is. */
function refuseColumns(columns: readonly StoredColumn[]): string | undefined {
  const names = columns.map(({ name }) => name);
  const fields = names.map(fieldName);
  const known = fields.filter((field) => isField(field) || field.startsWith('tgw-'));
  if (known.length < FEWEST_KNOWN) return 'is not a flow log: its columns are not those of one';
  const refused = refuseFields(fields);
  if (refused !== undefined) return refused;
  const twice = namedTwice(names);
  if (twice !== undefined) return `names the column \`${fieldName(twice)}\` twice`;
  if (fields.some((field) => !/[a-z0-9]/.test(field))) return 'has a column without a name';
  return columns.map((column) => refuseType(column)).find((reason) => reason !== undefined);
}

/** What flowlog does not know is kept as text, whatever it is. */
function refuseType({ name, type }: StoredColumn): string | undefined {
  const field = fieldName(name);
  if (!isField(field) || type === NOTHING) return undefined;
  const column = columnName(field);
  if (FIELDS[field].type === 'text') {
    return TEXT.test(type) ? undefined : `holds \`${column}\` as ${type}, not as text`;
  }
  if (WHOLE_NUMBER.test(type)) return undefined;
  return `holds \`${column}\` as ${TEXT.test(type) ? 'text' : type}, not as a number`;
}
