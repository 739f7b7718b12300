import type { Answer, AnswerColumn } from '../../core/answer/answer.ts';
import type { Row, Value } from '../../core/columns/column.ts';
import { showInteger } from '../../core/columns/show-integer.ts';
import type { ReportTable } from '../../core/operation/report.ts';
import type { Question } from '../../core/question.ts';
import { zoneName } from '../../core/window/zone-name.ts';
import { LIMITS } from '../limits.ts';
import { alignedRows, cut, printable } from '../plain-text.ts';
import type { DataTableBlock, RichTextBlock, TableBlock, TableCell } from './block.ts';
import { codeBlock } from './text-blocks.ts';

/** The part of an answer's table that Slack takes, header first. */
export interface FittedTable {
  readonly cells: readonly (readonly TableCell[])[];
  /** How many of the answer's rows it holds. */
  readonly shown: number;
}

const LONGEST_CELL = 100;
/** Slack refuses a message with an empty cell in it. */
const EMPTY = '—';

/** Fits the rows of an answer into Slack's limits of rows, columns and characters; what does not fit goes into the CSV. */
export function fitTable({
  columns,
  rows,
  question,
}: Pick<Answer, 'columns' | 'rows' | 'question'>): FittedTable {
  const shownColumns = columns.slice(0, LIMITS.tableColumns);
  const header = shownColumns.map((column) => textCell(columnTitle(column, question)));
  const cells: TableCell[][] = [header];
  let characters = length(header);
  for (const row of rows.slice(0, LIMITS.tableRows - cells.length)) {
    const next = shownColumns.map(({ name, column }) =>
      cellOf(row, name, column.numeric, column.show(valueIn(row, name), question.zone)),
    );
    characters += length(next);
    if (characters > LIMITS.tableChars) break;
    cells.push(next);
  }
  return { cells, shown: cells.length - 1 };
}

function valueIn(row: Row, name: string): Value {
  return row[name] ?? null;
}

/** A number that JavaScript cannot hold exactly is shown as text: it would sort, but lie. */
function cellOf(row: Row, name: string, numeric: boolean, shown: string): TableCell {
  const value = valueIn(row, name);
  return numeric && typeof value === 'number' ? { type: 'raw_number', value, text: shown } : textCell(shown);
}

function textCell(text: string): TableCell {
  return { type: 'raw_text', text: cut(printable(text), LONGEST_CELL) || EMPTY };
}

function length(cells: readonly TableCell[]): number {
  return cells.reduce((sum, { text }) => sum + text.length, 0);
}

const ROWS_A_PAGE = 10;
/** Slack names no longest caption; as long as other titles. */
const CAPTION = LIMITS.containerTitle;

/** The table that people sort and page. */
export function dataTable(answer: Answer, { cells, shown }: FittedTable): DataTableBlock {
  return { type: 'data_table', caption: captionOf(answer, shown), page_size: ROWS_A_PAGE, rows: cells };
}

/** `12 rows, by Bytes from the highest`, or `76 of 43,129 rows, …`: the headline stands above it already. */
function captionOf({ rowCount, truncated, columns, question }: Answer, shown: number): string {
  const [name, direction] = (question.query.order[0] ?? '').split(' ');
  const title = columns.find((column) => column.name === name)?.column.title ?? '';
  const all = `${showInteger(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}`;
  const amount = shown === rowCount ? all : `${shown} of ${truncated ? 'the first ' : ''}${all}`;
  return cut(`${amount}, by ${title}${direction === 'desc' ? ' from the highest' : ''}`, CAPTION);
}

/** The table for where the richer one is refused. */
export function plainTable({ columns }: Answer, { cells }: FittedTable): TableBlock {
  const settings = columns.slice(0, LIMITS.tableColumns);
  return {
    type: 'table',
    column_settings: settings.map(({ column }) => ({ align: column.numeric ? 'right' : 'left' })),
    rows: cells,
  };
}

/** The rows of a table that fit in one text of a fixed width. */
export function fitFence({ columns }: Answer, { cells, shown }: FittedTable): FittedTable {
  const fits = (amount: number) =>
    alignedText(columns, cells.slice(0, amount + 1)).length <= LIMITS.sectionText;
  let amount = shown;
  while (amount > 0 && !fits(amount)) amount -= 1;
  return { cells: cells.slice(0, amount + 1), shown: amount };
}

/** The table in a fixed width, for where no table is taken. */
export function fencedTable({ columns }: Answer, { cells }: FittedTable): RichTextBlock {
  return codeBlock(alignedText(columns, cells));
}

/** Columns aligned by spaces: text to the left, numbers to the right. */
export function alignedText(columns: Answer['columns'], cells: FittedTable['cells']): string {
  const widths = (cells[0] ?? []).map((_, index) =>
    Math.max(...cells.map((row) => row[index]?.text.length ?? 0)),
  );
  return cells
    .map((row) =>
      row
        .map(({ text }, index) => pad(text, widths[index] ?? 0, columns[index]?.column.numeric ?? false))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(text: string, width: number, numeric: boolean): string {
  return numeric ? text.padStart(width) : text.padEnd(width);
}

const LONGEST_REPORT_CELL = 100;

/** The table of a report: as Slack shows tables, or in a fixed width where no table is taken. */
export function reportTable(
  { columns, rows }: ReportTable,
  form: 'table' | 'fence',
): TableBlock | RichTextBlock {
  const shown = columns.slice(0, LIMITS.tableColumns);
  const fitting = [shown, ...rows.map((row) => row.slice(0, shown.length))].slice(0, LIMITS.tableRows);
  if (form === 'fence') return codeBlock(alignedRows(fitting));
  return {
    type: 'table',
    column_settings: shown.map(() => ({ align: 'left' })),
    rows: withinCharacters(fitting.map((row) => row.map(reportCell))),
  };
}

function reportCell(text: string): TableCell {
  return { type: 'raw_text', text: cut(printable(text), LONGEST_REPORT_CELL) || '—' };
}

/** Rows from the first on, as many as Slack's characters over all cells allow. */
function withinCharacters(rows: readonly (readonly TableCell[])[]): readonly (readonly TableCell[])[] {
  let left: number = LIMITS.tableChars;
  return rows.filter((row) => {
    left -= row.reduce((sum, { text }) => sum + text.length, 0);
    return left >= 0;
  });
}

/** The heading of a column; one of times says in which zone they are. */
export function columnTitle({ column }: AnswerColumn, { window, zone }: Question): string {
  return column.kind === 'moment' ? `${column.title} (${zoneName(window.from, zone)})` : column.title;
}
