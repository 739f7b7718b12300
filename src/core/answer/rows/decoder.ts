import type { Cell, ColumnSpec, Row, Value } from '../../columns/column.ts';
import { integerOf } from '../../columns/integer.ts';
import { EngineError } from '../../errors.ts';
import type { TakePart } from '../../ports/engine.ts';
import { COVERAGE_COLUMNS } from '../../selection/coverage-columns.ts';
import { totalColumn } from '../../selection/totals.ts';
import type { AnswerColumn } from '../answer.ts';
import type { RowFile } from './row-file.ts';
import { countGroups, countList, isOfCoverage, type Tally } from './tally.ts';

/** What a run returned, with its types. */
export interface Decoded extends Tally {
  /** The first rows: those that are held. */
  readonly rows: readonly Row[];
  /** How many rows there were, those that are not held among them. */
  readonly amount: number;
  /** The totals of the query by name, over all rows; each is 0 where there was no row. */
  readonly totals: Readonly<Record<string, number>>;
}

/** How the result of a run is decoded. */
export interface DecoderOptions {
  readonly spec: ColumnSpec;
  /** The names of the query's totals. */
  readonly totals: readonly string[];
  /** Where a list of records was cut; undefined where records were grouped. */
  readonly longestList: number | undefined;
  /** So many rows are held. */
  readonly held: number;
  /** Gets all rows as soon as there are as many as are held. */
  readonly file: RowFile | undefined;
}

/** Decodes the parts of a result while they come, in memory for the rows that are held. */
export interface Decoder {
  /** @throws EngineError `broken` when the engine returned other columns than the statement asked for. */
  readonly take: TakePart;
  /** What came. @throws EngineError `broken` when no row told of coverage. */
  decoded(): Decoded;
}

/**
 * Gives the cells of a run their types, by the columns that the query declared: the one place where what Athena
 * returns (text) and what DuckDB returns (numbers, bigints) meet.
 */
export function createDecoder({ spec, totals, longestList, held, file }: DecoderOptions): Decoder {
  const before = [...COVERAGE_COLUMNS, ...totals.map(totalColumn)];
  const expected = [...before, ...Object.keys(spec)].join();
  const columns = Object.entries(spec).map(([name, column]) => ({ name, column }));
  const counting = longestList === undefined ? countGroups() : countList(longestList);
  const first: Row[] = [];
  let amount = 0;
  let counted: readonly Cell[] | undefined;

  async function pass(rows: readonly Row[], earlier: readonly Row[]): Promise<void> {
    if (file !== undefined && amount >= held) await file.write(columns, [...earlier, ...rows]);
  }

  return {
    async take(part) {
      if (part.columns.join() !== expected)
        throw new EngineError('broken', `the engine returned ${part.columns.join()}, not ${expected}`);
      counting.add(part.rows);
      const answer = part.rows.filter((row) => !isOfCoverage(row));
      const wanted = Math.max((file?.rowLimit ?? held) - amount, 0);
      const rows = answer.slice(0, wanted).map((row) => decodeRow(row, columns, before.length));
      counted ??= answer[0];
      const earlier = amount < held ? [...first] : [];
      first.push(...rows.slice(0, held - first.length));
      amount += answer.length;
      await pass(rows, earlier);
    },
    decoded: () => ({
      rows: first,
      amount,
      totals: Object.fromEntries(
        totals.map((name, index) => [name, totalOf(counted?.[COVERAGE_COLUMNS.length + index])]),
      ),
      ...counting.tally(),
    }),
  };
}

/** Written out, for it is done for each of a hundred thousand rows. */
function decodeRow(row: readonly Cell[], columns: readonly AnswerColumn[], offset: number): Row {
  const decoded: Record<string, Value> = {};
  for (const [index, { name, column }] of columns.entries())
    decoded[name] = column.decode(row[offset + index] ?? null);
  return decoded;
}

function totalOf(cell: Cell | undefined): number {
  return cell === undefined ? 0 : Number(integerOf(cell));
}
