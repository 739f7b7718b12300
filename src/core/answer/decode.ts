import type { Cell, ColumnSpec, Row } from '../columns/column.ts';
import { EngineError } from '../errors.ts';
import type { Run } from '../ports/engine.ts';
import { COVERAGE_COLUMNS } from '../selection/coverage-columns.ts';
import { isOfCoverage, type Tally, tallyOfGroups, tallyOfList } from './tally.ts';

/** What a run returned, with its types. */
export interface Decoded extends Tally {
  readonly rows: readonly Row[];
}

/**
 * Gives the cells of a run their types, by the columns that the query declared: the one place where what Athena
 * returns (text) and what DuckDB returns (numbers, bigints) meet. `longestList` is where a list of records was cut,
 * and undefined where records were grouped.
 * @throws EngineError `broken` when the engine returned other columns than the statement asked for.
 */
export function decode(
  { columns, rows }: Pick<Run, 'columns' | 'rows'>,
  spec: ColumnSpec,
  longestList?: number,
): Decoded {
  const expected = [...COVERAGE_COLUMNS, ...Object.keys(spec)];
  if (columns.join() !== expected.join()) {
    throw new EngineError('broken', `the engine returned ${columns.join()}, not ${expected.join()}`);
  }
  const tally = longestList === undefined ? tallyOfGroups(rows) : tallyOfList(rows, longestList);
  const answer = rows.filter((row) => !isOfCoverage(row));
  return { rows: answer.map((row) => decodeRow(row, spec)), ...tally };
}

function decodeRow(row: readonly Cell[], spec: ColumnSpec): Row {
  const own = row.slice(COVERAGE_COLUMNS.length);
  return Object.fromEntries(
    Object.entries(spec).map(([name, column], index) => [name, column.decode(own[index] ?? null)]),
  );
}
