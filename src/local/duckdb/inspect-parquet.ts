import type { DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { columnName, FIELD_NAMES, FIELDS, isField } from '../../core/flow-log/fields.ts';
import { refuseFields } from '../lake/refuse-fields.ts';
import type { Inspection } from '../lake/shape.ts';
import { exactPattern } from './literal.ts';

const FEWEST_KNOWN = 3;
const FIELD_OF_COLUMN = new Map<string, string>(
  [...FIELD_NAMES, 'tgw-id'].map((field) => [columnName(field), field]),
);
const COLUMNS = 'SELECT name, type FROM parquet_schema(?) WHERE num_children IS NULL';
const NEWEST_END = `SELECT CASE WHEN count(*) = 0 THEN 0 ELSE max(TRY_CAST(stats_max_value AS BIGINT)) END AS newest
  FROM parquet_metadata(?) WHERE path_in_schema = 'end'`;

interface StoredColumn {
  readonly name: string;
  readonly type: string;
}

/** Looks into Parquet files by their footer, which a truncated file does not have. */
export function createParquetInspector(duckdb: DuckDBInstance) {
  return async (path: string): Promise<Inspection> => {
    const connection = await duckdb.connect();
    try {
      const schema = await connection.runAndReadAll(COLUMNS, [exactPattern(path)]);
      const newest = await connection.runAndReadAll(NEWEST_END, [exactPattern(path)]);
      const stored = schema.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
      return judge(stored, newest.getRows()[0]?.[0]);
    } catch (error) {
      return damage(error instanceof Error ? error.message : String(error));
    } finally {
      connection.closeSync();
    }
  };
}

function judge(stored: readonly StoredColumn[], newest: DuckDBValue | undefined): Inspection {
  const names = stored.map(({ name }) => columnName(name));
  const known = names.filter((name) => FIELD_OF_COLUMN.has(name));
  if (known.length < FEWEST_KNOWN) return { reason: 'is not a flow log: its columns are not those of one' };
  const fields = names.map((name) => FIELD_OF_COLUMN.get(name) ?? name);
  const refused = refuseFields(fields);
  if (refused !== undefined) return { reason: refused };
  const written = fields.find((field, index) => isNumber(field) && isText(stored[index]));
  if (written !== undefined) return { reason: `holds \`${columnName(written)}\` as text, not as a number` };
  const columns = stored.map(({ name }) => name);
  const newestEnd = newest === null || newest === undefined ? undefined : Number(newest);
  return { shape: { format: 'parquet', fields, columns, header: false, exported: false, newestEnd } };
}

function isNumber(field: string): boolean {
  return isField(field) && FIELDS[field].type !== 'text';
}

function isText(column: StoredColumn | undefined): boolean {
  return column?.type === 'BYTE_ARRAY';
}

function damage(message: string): Inspection {
  if (/too small|No magic bytes|not a parquet/i.test(message)) {
    return { reason: 'is a truncated Parquet file or none at all', unfinished: true };
  }
  if (/TProtocolException|Failed to read|invalid/i.test(message))
    return { reason: 'is a damaged Parquet file' };
  return { reason: `cannot be read as Parquet (${message.split('\n')[0] ?? ''})` };
}
