import type { Cell, DataTableBlock } from '../../../blocks/tables.ts';
import { element } from '../../dom/element.ts';
import { icon } from '../../dom/icon.ts';
import type { BlockContext } from '../block-context.ts';
import { compareCells, isNumericColumn, renderCell } from './cell.ts';
import { createPager } from './pager.ts';

type Row = readonly Cell[];
type Order = { readonly column: number; readonly direction: 'ascending' | 'descending' } | undefined;

/** Slack's page size when a table names none. */
const defaultPageSize = 5;

/** Draws a table that people sort by its headings and turn page by page. */
export function renderDataTable(block: DataTableBlock, context: BlockContext): HTMLElement {
  const [header = [], ...rows] = block.rows;
  const pager = createPager(block.caption, rows.length, block.page_size ?? defaultPageSize, draw);
  let order: Order;
  const body = element('tbody');
  const headings = header.map((cell, column) =>
    renderHeading(cell, isNumericColumn(rows, column), context, () => {
      order = nextOrder(order, column);
      pager.restart();
    }),
  );

  function draw(from: number, to: number): void {
    const shown = sortRows(rows, order).slice(from, to);
    body.replaceChildren(
      ...shown.map((row) => renderRow(row, rows, block.row_header_column_index ?? 0, context)),
    );
    for (const [column, heading] of headings.entries()) {
      heading.setAttribute('aria-sort', order?.column === column ? order.direction : 'none');
    }
  }

  pager.restart();
  const head = element('thead', {}, element('tr', {}, ...headings));
  const captionId = context.newDomId();
  const table = element('table', { 'aria-labelledby': captionId }, head, body);
  // Outside the table, where it does not scroll away sideways with the columns.
  const caption = element('figcaption', { id: captionId }, block.caption);
  const region = { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': block.caption };
  return element(
    'figure',
    { class: 'block-table data-table' },
    caption,
    element('div', region, table),
    pager.root,
  );
}

function renderHeading(
  cell: Cell,
  isNumeric: boolean,
  context: BlockContext,
  onSort: () => void,
): HTMLElement {
  const button = element(
    'button',
    { type: 'button', class: 'sort', onclick: onSort },
    renderCell(cell, context),
    icon('down'),
  );
  return element('th', { scope: 'col', class: isNumeric && 'numeric' }, button);
}

function renderRow(row: Row, rows: readonly Row[], headerColumn: number, context: BlockContext): HTMLElement {
  const cells = row.map((cell, column) => {
    const attributes = { class: isNumericColumn(rows, column) && 'numeric' };
    const content = renderCell(cell, context);
    return column === headerColumn
      ? element('th', { scope: 'row', ...attributes }, content)
      : element('td', attributes, content);
  });
  return element('tr', {}, ...cells);
}

/** First up, then down, then as the app sent it. */
function nextOrder(order: Order, column: number): Order {
  if (order?.column !== column) return { column, direction: 'ascending' };
  return order.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

function sortRows(rows: readonly Row[], order: Order): readonly Row[] {
  if (!order) return rows;
  const sign = order.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => sign * compareCells(a[order.column], b[order.column]));
}
