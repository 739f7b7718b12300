import type { Answer, AnswerColumn } from '../../core/answer/answer.ts';
import type { ReportTable } from '../../core/operation/report.ts';
import type { Question } from '../../core/query/question.ts';
import { zoneName } from '../../core/time/show-time.ts';
import { plural } from '../../core/wording.ts';
import { LIMITS } from '../limits.ts';
import { alignedLines, cut, printable } from '../plain-text.ts';
import type { DataTableBlock, RichTextBlock, TableBlock, TableCell } from './block-types.ts';
import { codeBlock } from './text-blocks.ts';

type CellRow = readonly TableCell[];

/** The part of an answer's table that Slack takes, header first. */
export interface FittedTable {
  readonly cells: readonly CellRow[];
  /** How many of the answer's rows it holds. */
  readonly shown: number;
}

/** Fits the rows of an answer into Slack's limits of rows, columns and characters; what does not fit goes into the CSV. */
export function fitTable({
  columns,
  rows,
  question,
  names,
}: Pick<Answer, 'columns' | 'rows' | 'question' | 'names'>): FittedTable {
  const shownColumns = columns.slice(0, LIMITS.tableColumns);
  const header = shownColumns.map((column) => textCell(columnTitle(column, question)));
  const body = rows.slice(0, LIMITS.tableRows - 1).map((row) =>
    shownColumns.map(({ name, column }): TableCell => {
      const value = row[name] ?? null;
      const text = column.show(value, { zone: question.zone, names });
      // A bigint is shown as text: as the number that Slack sorts by it would not be exact.
      return column.numeric && typeof value === 'number'
        ? { type: 'raw_number', value, text }
        : textCell(text);
    }),
  );
  const cells = withinCharacters([header, ...body]);
  return { cells, shown: cells.length - 1 };
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
export function sortableTable(answer: Answer, { cells, shown }: FittedTable): DataTableBlock {
  return { type: 'data_table', caption: captionOf(answer, shown), page_size: ROWS_A_PAGE, rows: cells };
}

/** `12 rows, by Bytes from the highest`, or `76 of 43,129 rows, …`; it does not repeat the headline. */
function captionOf({ rowCount, truncated, columns, question }: Answer, shown: number): string {
  const [name, direction] = (question.query.order[0] ?? '').split(' ');
  const title = columns.find((column) => column.name === name)?.column.title ?? '';
  const all = plural(rowCount, 'row');
  const amount = shown === rowCount ? all : `${shown} of ${truncated ? 'the first ' : ''}${all}`;
  return cut(`${amount}, by ${title}${direction === 'desc' ? ' from the highest' : ''}`, LONGEST_CAPTION);
}

/** The table for surfaces that refuse the richer one. */
export function plainTable({ columns }: Answer, { cells }: FittedTable): TableBlock {
  const settings = columns.slice(0, LIMITS.tableColumns);
  return {
    type: 'table',
    column_settings: settings.map(({ column }) => ({ align: column.numeric ? 'right' : 'left' })),
    rows: cells,
  };
}

/** The rows of a table that fit into one text of a fixed width. */
export function fitFence({ columns }: Answer, { cells, shown }: FittedTable): FittedTable {
  let amount = shown;
  while (amount > 0 && fenceText(columns, cells.slice(0, amount + 1)).length > LIMITS.sectionText)
    amount -= 1;
  return { cells: cells.slice(0, amount + 1), shown: amount };
}

/** The table in a fixed width, for surfaces that refuse every table. */
export function fencedTable({ columns }: Answer, { cells }: FittedTable): RichTextBlock {
  return codeBlock(fenceText(columns, cells));
}

function fenceText(columns: Answer['columns'], cells: FittedTable['cells']): string {
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
