import type { Answer } from '../../core/answer/answer.ts';
import type { Row, Value } from '../../core/query/columns.ts';
import { LIMITS } from '../limits.ts';
import { columnTitle } from '../words/column-title.ts';
import { cut, printable } from '../words/printable.ts';
import type { TableCell } from './block.ts';

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
