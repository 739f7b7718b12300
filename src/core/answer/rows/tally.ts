import type { Cell } from '../../columns/column.ts';
import { integerOf } from '../../columns/integer.ts';
import { EngineError } from '../../errors.ts';
import { COVERAGE_COLUMNS } from '../../selection/coverage-columns.ts';
import type { RecordCounts } from '../coverage/coverage.ts';

type Cells = readonly Cell[];

/** What the rows of a run tell of the records that were read. */
export interface Tally {
  readonly counts: RecordCounts;
  /** The newest end among the records that were counted, in epoch seconds; undefined when there is none. */
  readonly newestEndSeconds: number | undefined;
}

/** Counts while the rows of a run go by. */
export interface Counting {
  add(rows: readonly Cells[]): void;
  /** @throws EngineError `broken` when the engine did not return what counts them. */
  tally(): Tally;
}

/** Whether a row is one of coverage rather than of the answer. */
export function isOfCoverage(row: Cells): boolean {
  return cellOf(row, 'matched') !== null;
}

/** Records that were grouped are counted whole, in one row. */
export function countGroups(): Counting {
  let row: Cells | undefined;
  return {
    add(rows) {
      row ??= rows.find(isOfCoverage);
    },
    tally() {
      if (row === undefined) throw new EngineError('broken', 'the engine returned no coverage');
      const isNone = cellOf(row, 'newest_end') === null;
      return {
        counts: {
          matched: numberIn(row, 'matched'),
          skipData: numberIn(row, 'skip_data'),
          skippedAt: interfacesIn(row),
          noData: numberIn(row, 'no_data'),
          otherStatus: numberIn(row, 'other_status'),
        },
        newestEndSeconds: isNone ? undefined : numberIn(row, 'newest_end'),
      };
    },
  };
}

/** Records that were listed are counted as far as the list goes, which holds those that were asked for first. */
export function countList(longest: number): Counting {
  let lost = 0;
  let others = 0;
  let matched = 0;
  const skippedAt = new Set<string>();
  let newestEndSeconds: number | undefined;
  return {
    add(rows) {
      for (const row of rows) {
        if (isOfCoverage(row)) {
          lost += numberIn(row, 'skip_data');
          others += numberIn(row, 'other_status');
          for (const at of interfacesIn(row)) skippedAt.add(at);
        } else matched += 1;
        newestEndSeconds = Math.max(newestEndSeconds ?? 0, numberIn(row, 'newest_end'));
      }
    },
    tally() {
      const isWhole = matched < longest;
      return {
        counts: {
          matched: isWhole ? matched : undefined,
          skipData: isWhole ? lost : undefined,
          skippedAt: [...skippedAt],
          noData: undefined,
          otherStatus: isWhole ? others : undefined,
        },
        newestEndSeconds,
      };
    },
  };
}

type CoverageColumn = (typeof COVERAGE_COLUMNS)[number];

function numberIn(row: Cells, name: CoverageColumn): number {
  return Number(integerOf(cellOf(row, name)));
}

function interfacesIn(row: Cells): readonly string[] {
  const cell = cellOf(row, 'skipped_at');
  return typeof cell === 'string' && cell !== '' ? cell.split(',') : [];
}

function cellOf(row: Cells, name: CoverageColumn): Cell {
  return row[COVERAGE_COLUMNS.indexOf(name)] ?? null;
}
