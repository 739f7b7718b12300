import type { Cell } from '../columns/column.ts';
import { integerOf } from '../columns/integer.ts';
import { EngineError } from '../errors.ts';
import { COVERAGE_COLUMNS } from '../selection/coverage-columns.ts';
import type { RecordCounts } from './coverage.ts';

type Cells = readonly Cell[];

/** What the rows of a run tell of the records that were read. */
export interface Tally {
  readonly counts: RecordCounts;
  /** The newest end among the records that were counted, in epoch seconds; undefined when there is none. */
  readonly newestEndSeconds: number | undefined;
}

/** Whether a row is one of coverage rather than of the answer. */
export function isOfCoverage(row: Cells): boolean {
  return cellOf(row, 'matched') !== null;
}

/**
 * Records that were grouped are counted whole, in one row.
 * @throws EngineError `broken` when the engine returned no such row.
 */
export function tallyOfGroups(rows: readonly Cells[]): Tally {
  const row = rows.find(isOfCoverage);
  if (row === undefined) throw new EngineError('broken', 'the engine returned no coverage');
  const count = (name: CoverageColumn) => Number(integerOf(cellOf(row, name)));
  return {
    counts: { matched: count('matched'), skipData: count('skip_data'), noData: count('no_data') },
    newestEndSeconds: cellOf(row, 'newest_end') === null ? undefined : count('newest_end'),
  };
}

/** Records that were listed are counted as far as the list goes, which holds those that were asked for first. */
export function tallyOfList(rows: readonly Cells[], longest: number): Tally {
  const lost = rows.filter(isOfCoverage).length;
  const matched = rows.length - lost;
  const ends = rows.map((row) => Number(integerOf(cellOf(row, 'newest_end'))));
  return {
    counts: {
      matched: matched < longest ? matched : undefined,
      skipData: matched < longest ? lost : undefined,
      noData: undefined,
    },
    newestEndSeconds: ends.length === 0 ? undefined : Math.max(...ends),
  };
}

type CoverageColumn = (typeof COVERAGE_COLUMNS)[number];

function cellOf(row: Cells, name: CoverageColumn): Cell {
  return row[COVERAGE_COLUMNS.indexOf(name)] ?? null;
}
