import type { Answer } from '../../core/answer/answer.ts';
import { showInteger } from '../../core/wording.ts';
import { LIMITS } from '../limits.ts';
import { cut } from '../words/printable.ts';
import type { DataTableBlock, RichTextBlock, TableBlock } from './block.ts';
import type { FittedTable } from './fit-table.ts';
import { codeBlock } from './text-blocks.ts';

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
