import type { DuckDBConnection } from '@duckdb/node-api';
import type { SlotRange } from '../core/flow-log/slots.ts';
import { interruptible } from './interruptible.ts';
import { fieldName } from './lake/field-name.ts';
import { refuseRecord } from './lake/refuse-fields.ts';
import type { Inspection } from './lake/shape.ts';
import { exactPattern, literal } from './literal.ts';
import type { Duckdb } from './open-duckdb.ts';
import { refuseColumns, topLevel } from './parquet-columns.ts';

const SCHEMA = 'SELECT name, num_children FROM parquet_schema(?)';
const ROWS = 'SELECT num_rows FROM parquet_file_metadata(?)';
/** The range of each column as far as it is told, and whether each group of rows tells it. */
const RANGES = `SELECT path_in_schema, min(TRY_CAST(stats_min_value AS BIGINT)), max(TRY_CAST(stats_max_value AS BIGINT)),
    count(*) = count(TRY_CAST(stats_min_value AS BIGINT)) AND count(*) = count(TRY_CAST(stats_max_value AS BIGINT)),
    min(stats_min_value), sum(stats_null_count)
  FROM parquet_metadata(?) GROUP BY path_in_schema`;

/** What a footer tells of one column, over all groups of rows. */
interface Range {
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
      const inspection = await interruptible(duckdb, signal, (connection) => look(connection, path));
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

async function look(connection: DuckDBConnection, path: string): Promise<Inspection> {
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

function rangesOf(rows: readonly (readonly unknown[])[]): ReadonlyMap<string, Range> {
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

function endsOf(range: Range | undefined): SlotRange | undefined {
  if (range === undefined || !range.isWhole) return undefined;
  return { fromSeconds: range.least, toSeconds: range.most + 1 };
}

/** The ends of a file whose footer does not tell them; a page that is damaged shows when the file is read. */
async function readEnds(duckdb: Duckdb, path: string, signal: AbortSignal): Promise<SlotRange | undefined> {
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
