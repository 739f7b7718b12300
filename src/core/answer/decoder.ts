import { EngineError } from '../errors.ts';
import { type Cell, type ColumnSpec, integerOf, type Row, type Value } from '../query/columns.ts';
import type { RecordCounts } from '../query/coverage.ts';
import { COVERAGE_COLUMNS } from '../query/coverage-columns.ts';
import { totalColumn } from '../query/totals.ts';
import { nextTurnOfLoop, ROWS_A_TURN } from '../turn-of-loop.ts';
import type { AnswerColumn } from './answer.ts';
import type { TakePart } from './engine.ts';
import type { RowFile } from './rows.ts';

/** What a run returned, with its types. */
export interface Decoded extends Tally {
  /** The first rows: those that are held. */
  readonly rows: readonly Row[];
  /** How many rows there were, those that are not held among them. */
  readonly amount: number;
  /** The totals of the query by name, over all rows; each is 0 where there was no row. */
  readonly totals: Readonly<Record<string, number>>;
  /** What the records said of names, in the form of `readRecordedNames`; none where that was not read. */
  readonly recordedNames: readonly string[];
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
  /** Whether a column is shown, and so in the file; all of them when left out. */
  readonly isShown?: (name: string) => boolean;
}

/** Decodes the parts of a result while they come, in memory for the rows that are held. */
export interface Decoder {
  /** @throws EngineError `broken` when the engine returned other columns than the statement asked for. */
  readonly take: TakePart;
  /** What came. @throws EngineError `broken` when there was no row of coverage. */
  decoded(): Decoded;
}

/**
 * Gives the cells of a run their types, by the columns that the query declared: the one place where what Athena
 * returns (text) and what DuckDB returns (numbers, bigints) meet.
 */
export function createDecoder({
  spec,
  totals,
  longestList,
  held,
  file,
  isShown = () => true,
}: DecoderOptions): Decoder {
  const before = [...COVERAGE_COLUMNS, ...totals.map(totalColumn)];
  const expected = [...before, ...Object.keys(spec)].join();
  const columns = Object.entries(spec).map(([name, column]) => ({ name, column }));
  const ofFile = columns.filter(({ name }) => isShown(name));
  const counting = longestList === undefined ? countGroups() : countList(longestList);
  const first: Row[] = [];
  const recordedNames = new Set<string>();
  let amount = 0;
  let counted: readonly Cell[] | undefined;

  async function pass(rows: readonly Row[], earlier: readonly Row[]): Promise<void> {
    if (file !== undefined && amount >= held) await file.write(ofFile, [...earlier, ...rows]);
  }

  async function takeRows(part: readonly Cells[]): Promise<void> {
    counting.add(part);
    const answer = part.filter((row) => !isOfCoverage(row));
    const wanted = Math.max((file?.rowLimit ?? held) - amount, 0);
    const rows = answer.slice(0, wanted).map((row) => decodeRow(row, columns, before.length));
    counted ??= answer[0];
    const earlier = amount < held ? [...first] : [];
    first.push(...rows.slice(0, held - first.length));
    amount += answer.length;
    await pass(rows, earlier);
  }

  return {
    async take(part) {
      if (part.columns.join() !== expected)
        throw new EngineError('broken', `the engine returned ${part.columns.join()}, not ${expected}`);
      // Of a list only the rows that are held are shown with names.
      for (const row of part.rows.slice(0, Math.max(held + 1 - amount, 1))) {
        const said = cellOf(row, 'named');
        if (typeof said === 'string') recordedNames.add(said);
      }
      for (let from = 0; from < part.rows.length; from += ROWS_A_TURN) {
        if (from > 0) await nextTurnOfLoop();
        await takeRows(part.rows.slice(from, from + ROWS_A_TURN));
      }
    },
    decoded: () => ({
      rows: first,
      amount,
      totals: Object.fromEntries(
        totals.map((name, index) => [name, totalOf(counted?.[COVERAGE_COLUMNS.length + index])]),
      ),
      recordedNames: [...recordedNames],
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
  return cell === undefined || cell === null ? 0 : Number(integerOf(cell));
}

type Cells = readonly Cell[];

/** Counts of the records that were read, from the rows of a run. */
interface Tally {
  readonly counts: RecordCounts;
  /** The newest end among the records that were counted, in epoch seconds; undefined when there is none. */
  readonly newestEndSeconds: number | undefined;
}

/** Counts while the rows of a run go by. */
interface Counting {
  add(rows: readonly Cells[]): void;
  /** @throws EngineError `broken` when the engine did not return what counts them. */
  tally(): Tally;
}

/** Whether a row is one of coverage rather than of the answer. */
function isOfCoverage(row: Cells): boolean {
  return cellOf(row, 'matched') !== null;
}

/** Records that were grouped are counted whole, in one row. */
function countGroups(): Counting {
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
function countList(longest: number): Counting {
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
