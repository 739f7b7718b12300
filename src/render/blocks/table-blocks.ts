import type { Answer, AnswerColumn } from '../../core/answer/answer.ts';
import type { ReportTable } from '../../core/operation/report.ts';
import type { Question } from '../../core/query/question.ts';
import { zoneName } from '../../core/time/show-time.ts';
import { plural } from '../../core/wording.ts';
import { LIMITS } from '../limits.ts';
import { alignedLines, cut, printable } from '../plain-text.ts';
import { displayOf, shownColumns } from '../shown-columns.ts';
import type { DataTableBlock, RichTextBlock, TableBlock, TableCell } from './block-types.ts';
import { codeBlock } from './text-blocks.ts';

type CellRow = readonly TableCell[];

/** The part of an answer's table that a message holds. */
export interface FittedTable {
  readonly columns: readonly AnswerColumn[];
  /** Header first. */
  readonly cells: readonly CellRow[];
  /** How many of the answer's rows it holds. */
  readonly shown: number;
  /** What is the same in all of its rows. */
  readonly constant: readonly string[];
}

/** More is not read in a message: the rest of an answer comes as a file when it is asked for. */
export const MOST_ROWS = 25;
/** What fits side by side. */
const MOST_COLUMNS = 6;

/** The first rows of an answer, in the columns that decide; the file has them all. */
export function fitTable(answer: Answer): FittedTable {
  const { question } = answer;
  const rows = answer.rows.slice(0, MOST_ROWS);
  const { columns: all, constant } = shownColumns(answer, rows);
  const columns = all.slice(0, MOST_COLUMNS);
  const display = displayOf(answer);
  const firstTime = columns.findIndex(({ column }) => column.kind === 'moment');
  const header = columns.map((column, index) =>
    textCell(index === firstTime ? columnTitle(column, question) : column.column.title),
  );
  const body = rows.map((row) =>
    columns.map(({ name, column }): TableCell => {
      const value = row[name] ?? null;
      const text = column.show(value, display);
      // A bigint is shown as text: as the number that Slack sorts by it would not be exact.
      return column.numeric && typeof value === 'number'
        ? { type: 'raw_number', value, text }
        : textCell(text);
    }),
  );
  const cells = withinCharacters([header, ...body]);
  return { columns, cells, shown: cells.length - 1, constant };
}

/** The heading of a column; a column of times names their zone. */
export function columnTitle({ column }: AnswerColumn, { window, zone }: Question): string {
  return column.kind === 'moment' ? `${column.title} (${zoneName(window.from, zone)})` : column.title;
}

const LONGEST_CELL = 100;
/** Slack refuses a message with an empty cell in it. */
const EMPTY_CELL = '—';

function textCell(text: string): TableCell {
  return { type: 'raw_text', text: cut(printable(text), LONGEST_CELL) || EMPTY_CELL };
}

/** Rows from the first on, as many as Slack's limit of characters over all cells allows. */
function withinCharacters(rows: readonly CellRow[]): readonly CellRow[] {
  let left: number = LIMITS.tableChars;
  return rows.filter((row) => {
    left -= row.reduce((sum, { text }) => sum + text.length, 0);
    return left >= 0;
  });
}

const ROWS_A_PAGE = 10;
/** Slack documents no limit for captions: the limit of other titles is kept. */
const LONGEST_CAPTION = LIMITS.containerTitle;

/** The table that people sort and page. */
export function sortableTable(answer: Answer, table: FittedTable): DataTableBlock {
  return { type: 'data_table', caption: captionOf(answer, table), page_size: ROWS_A_PAGE, rows: table.cells };
}

/** `25 of 264 rows · 5432 postgres, tcp`; it does not repeat the finding. */
export function captionOf({ rowCount, truncated }: Answer, { shown, constant }: FittedTable): string {
  const all = truncated ? `more than ${plural(rowCount, 'row')}` : plural(rowCount, 'row');
  const amount = shown === rowCount && !truncated ? all : `${shown} of ${all}`;
  return cut(printable([amount, ...constant].join(' · ')), LONGEST_CAPTION);
}

/** The table for surfaces that refuse the richer one. */
export function plainTable({ columns, cells }: FittedTable): TableBlock {
  return {
    type: 'table',
    column_settings: columns.map(({ column }) => ({ align: column.numeric ? 'right' : 'left' })),
    rows: cells,
  };
}

/** The rows of a table that fit into one text of a fixed width. */
export function fitFence({ cells, shown, ...table }: FittedTable): FittedTable {
  let amount = shown;
  const tooLong = () =>
    fenceText({ ...table, cells: cells.slice(0, amount + 1) }).length > LIMITS.sectionText;
  while (amount > 0 && tooLong()) amount -= 1;
  return { ...table, cells: cells.slice(0, amount + 1), shown: amount };
}

/** The table in a fixed width, for surfaces that refuse every table. */
export function fencedTable(table: FittedTable): RichTextBlock {
  return codeBlock(fenceText(table));
}

function fenceText({ columns, cells }: Pick<FittedTable, 'columns' | 'cells'>): string {
  const rows = cells.map((row) => row.map(({ text }) => text));
  const numeric = columns.map(({ column }) => column.numeric);
  return alignedLines(rows, numeric).join('\n');
}

/** The table of a report: as Slack shows tables, or in a fixed width where no table is taken. */
export function reportTable(
  { columns, rows }: ReportTable,
  form: 'table' | 'fence',
): TableBlock | RichTextBlock {
  const shown = columns.slice(0, LIMITS.tableColumns);
  const fitting = [shown, ...rows.map((row) => row.slice(0, shown.length))].slice(0, LIMITS.tableRows);
  if (form === 'fence') return codeBlock(alignedLines(fitting).join('\n'));
  return {
    type: 'table',
    column_settings: shown.map(() => ({ align: 'left' })),
    rows: withinCharacters(fitting.map((row) => row.map(textCell))),
  };
}
