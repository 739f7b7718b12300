import type { DuckDBInstance } from '@duckdb/node-api';
import { columnName, FIELD_NAMES } from '../../core/flow-log/fields.ts';
import type { Inspection } from '../lake/shape.ts';

const TRANSIT_GATEWAY_COLUMN = 'tgw_id';
const FEWEST_KNOWN = 3;
const FIELD_OF_COLUMN = new Map<string, string>(FIELD_NAMES.map((field) => [columnName(field), field]));

/** Looks into Parquet files by their footer, which a truncated file does not have. */
export function createParquetInspector(duckdb: DuckDBInstance) {
  return async (path: string, modifiedMs: number): Promise<Inspection> => {
    const connection = await duckdb.connect();
    try {
      const schema = await connection.runAndReadAll(
        'SELECT name FROM parquet_schema(?) WHERE num_children IS NULL',
        [path],
      );
      return judge(
        schema.getRows().map(([name]) => String(name)),
        modifiedMs,
      );
    } catch (error) {
      return { reason: damage(error instanceof Error ? error.message : String(error)) };
    } finally {
      connection.closeSync();
    }
  };
}

function judge(columns: readonly string[], modifiedMs: number): Inspection {
  const names = columns.map((column) => columnName(column));
  if (names.includes(TRANSIT_GATEWAY_COLUMN)) {
    return { reason: 'is a transit gateway flow log, which flowlog does not read' };
  }
  const known = names.filter((name) => FIELD_OF_COLUMN.has(name));
  if (known.length < FEWEST_KNOWN) return { reason: 'is not a flow log: its columns are not those of one' };
  const fields = names.map((name) => FIELD_OF_COLUMN.get(name) ?? name);
  return { shape: { format: 'parquet', fields, columns, header: false, exported: false, modifiedMs } };
}

function damage(message: string): string {
  if (/too small|No magic bytes|not a parquet/i.test(message))
    return 'is a truncated Parquet file or none at all';
  return `cannot be read as Parquet (${message.split('\n')[0] ?? ''})`;
}
