import type { ReportTable } from '../../core/operation/report.ts';
import { LIMITS } from '../limits.ts';
import { alignedRows } from '../words/aligned-rows.ts';
import { cut, printable } from '../words/printable.ts';
import type { RichTextBlock, TableBlock, TableCell } from './block.ts';
import { codeBlock } from './text-blocks.ts';

const LONGEST_CELL = 100;

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
    rows: withinCharacters(fitting.map((row) => row.map(textCell))),
  };
}

function textCell(text: string): TableCell {
  return { type: 'raw_text', text: cut(printable(text), LONGEST_CELL) || '—' };
}

/** Rows from the first on, as many as Slack's characters over all cells allow. */
function withinCharacters(rows: readonly (readonly TableCell[])[]): readonly (readonly TableCell[])[] {
  let left: number = LIMITS.tableChars;
  return rows.filter((row) => {
    left -= row.reduce((sum, { text }) => sum + text.length, 0);
    return left >= 0;
  });
}
