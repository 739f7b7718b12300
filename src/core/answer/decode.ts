import type { Cell, ColumnSpec, Row } from '../columns/column.ts';
import { integerOf } from '../columns/integer.ts';
import { EngineError } from '../errors.ts';
import type { Run } from '../ports/engine.ts';
import type { RecordCounts } from './coverage.ts';
import { COVERAGE_COLUMNS, PRESENT_COLUMN } from './statement.ts';

/** What a run returned, with its types. */
export interface Decoded {
  readonly rows: readonly Row[];
  readonly counts: RecordCounts;
  /** End of the newest record in the window, in epoch seconds; undefined when there is none. */
  readonly newestEndSeconds: number | undefined;
}

/**
 * Gives the cells of a run their types, by the columns that the query declared: the one place where what Athena
 * returns (text) and what DuckDB returns (numbers, bigints) meet.
 * @throws EngineError `broken` when the engine returned other columns than the statement asked for.
 */
export function decode(run: Pick<Run, 'columns' | 'rows'>, columns: ColumnSpec): Decoded {
  const expected = [...COVERAGE_COLUMNS, PRESENT_COLUMN, ...Object.keys(columns)];
  if (run.columns.join() !== expected.join()) {
    throw new EngineError('broken', `the engine returned ${run.columns.join()}, not ${expected.join()}`);
  }
  const [first] = run.rows;
  if (first === undefined) throw new EngineError('broken', 'the engine returned no coverage');
  const [records, flows, skipData, noData, newestEnd] = first;
  return {
    rows: run.rows
      .filter((row) => row[COVERAGE_COLUMNS.length] !== null)
      .map((row) => decodeRow(row, columns)),
    counts: {
      records: countOf(records),
      flows: countOf(flows),
      skipData: countOf(skipData),
      noData: countOf(noData),
    },
    newestEndSeconds: newestEnd === null ? undefined : countOf(newestEnd),
  };
}

function decodeRow(row: readonly Cell[], columns: ColumnSpec): Row {
  const offset = COVERAGE_COLUMNS.length + 1;
  return Object.fromEntries(
    Object.entries(columns).map(([name, column], index) => [
      name,
      column.decode(row[offset + index] ?? null),
    ]),
  );
}

function countOf(cell: Cell | undefined): number {
  return Number(integerOf(cell ?? null));
}
