import type { Answer } from '../../core/answer/answer.ts';
import { LIMITS } from '../limits.ts';
import { cut, printable } from '../words/printable.ts';
import type { DataTableBlock, RichTextBlock, TableBlock } from './block.ts';
import type { FittedTable } from './fit-table.ts';
import { codeBlock } from './text-blocks.ts';

const ROWS_A_PAGE = 10;
const CAPTION = 150;

/** The table that people sort and page. */
export function dataTable({ headline }: Answer, { cells }: FittedTable): DataTableBlock {
  return {
    type: 'data_table',
    caption: cut(printable(headline), CAPTION),
    page_size: ROWS_A_PAGE,
    rows: cells,
  };
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

/** The table in a fixed width, for where no table is taken: as many rows as fit in one text. */
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
