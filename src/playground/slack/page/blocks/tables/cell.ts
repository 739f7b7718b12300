// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { Cell } from '../../../blocks/tables.ts';
import { plain } from '../../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from '../block-context.ts';
import { renderRichText } from '../rich-text.ts';

/** What stands in a cell. */
export function renderCell(cell: Cell, context: BlockContext): Node {
  return cell.type === 'rich_text'
    ? renderRichText(cell, context.names)
    : document.createTextNode(plain(cell.text));
}

/** The words by which a cell is sorted. */
export function sortText(cell: Cell): string {
  if (cell.type !== 'rich_text') return cell.text;
  const parts = cell.elements.flatMap((part) =>
    part.type === 'rich_text_list' ? part.elements.flatMap((item) => item.elements) : part.elements,
  );
  return parts.map((leaf) => leaf.text ?? leaf.url ?? '').join('');
}

/** True when every cell of the column is a number: then it is sorted by value and stands on the right. */
export function isNumericColumn(rows: readonly (readonly Cell[])[], column: number): boolean {
  return rows.length > 0 && rows.every((row) => row[column]?.type === 'raw_number');
}

/** Compares two cells of one column. */
export function compareCells(a: Cell | undefined, b: Cell | undefined): number {
  if (a?.type === 'raw_number' && b?.type === 'raw_number') return a.value - b.value;
  return a && b ? sortText(a).localeCompare(sortText(b), 'en') : 0;
}
