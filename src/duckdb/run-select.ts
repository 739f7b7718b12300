import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDecimalValue,
  DuckDBExtractedStatements,
  DuckDBResult,
  DuckDBValue,
} from '@duckdb/node-api';
import type { TakePart } from '../core/answer/engine.ts';
import { EngineError } from '../core/errors.ts';
import type { Cell } from '../core/query/columns.ts';
import type { Sql } from '../core/sql/sql.ts';
import { nextTurnOfLoop, ROWS_A_TURN } from '../core/turn-of-loop.ts';

/**
 * Runs one SELECT, and returns a function that passes its rows on, which must be called. Nothing else ever runs: DuckDB lets COPY and
 * ATTACH write wherever it may read. Of a statement that sorts its rows, as all of questions do, all files were read when it returns:
 * a fault of one comes before the first row.
 */
export async function runSelect(
  connection: DuckDBConnection,
  { text, bound }: Sql,
): Promise<(take: TakePart, signal: AbortSignal) => Promise<void>> {
  const extracted = await parse(connection, text);
  if (extracted.count !== 1) throw new EngineError('rejected', 'only one statement runs at a time');
  const { StatementType } = await import('./library.ts');
  const prepared = await extracted.prepare(0);
  try {
    if (prepared.statementType !== StatementType.SELECT) {
      throw new EngineError('rejected', 'only a SELECT is run');
    }
    prepared.bind([...bound]);
    // A million rows at once would be as much memory again as it takes to sort them.
    const result = await prepared.stream();
    const first = await result.fetchChunk();
    return (take, signal) => passOn(result, first, take, signal).finally(() => prepared.destroySync());
  } catch (error) {
    prepared.destroySync();
    throw error;
  }
}

async function passOn(
  result: DuckDBResult,
  first: DuckDBDataChunk | null,
  take: TakePart,
  signal: AbortSignal,
): Promise<void> {
  const columns = result.columnNames();
  let parts = 0;
  for (let chunk = first; chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (let from = 0; from < chunk.rowCount; from += ROWS_A_TURN) {
      signal.throwIfAborted();
      if (parts > 0) await nextTurnOfLoop();
      await take({ columns, rows: rowsOf(chunk, from, Math.min(from + ROWS_A_TURN, chunk.rowCount)) });
      parts += 1;
    }
  }
  if (parts === 0) await take({ columns, rows: [] });
}

/** A chunk has 2,048 rows, which are never read at once. */
function rowsOf(chunk: DuckDBDataChunk, from: number, to: number): readonly (readonly Cell[])[] {
  const rows: (readonly Cell[])[] = [];
  for (let row = from; row < to; row += 1) rows.push(chunk.getRowValues(row).map(cellOf));
  return rows;
}

async function parse(connection: DuckDBConnection, text: string): Promise<DuckDBExtractedStatements> {
  try {
    return await connection.extractStatements(text);
  } catch (error) {
    const [firstLine = ''] = (error instanceof Error ? error.message : '').split('\n');
    throw new EngineError('rejected', firstLine || 'the statement is empty', { cause: error });
  }
}

function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return value;
  // Exact sums are decimals without a fraction, which may pass 2^63.
  if (isDecimal(value) && value.scale === 0) return value.value;
  throw new EngineError('broken', `the engine returned a ${typeof value}, which no column holds`);
}

function isDecimal(value: DuckDBValue): value is DuckDBDecimalValue {
  return typeof value === 'object' && value !== null && 'scale' in value;
}
