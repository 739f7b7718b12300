import type { TableBlock } from '../../../blocks/tables.ts';
import { element } from '../../dom/element.ts';
import type { BlockContext } from '../block-context.ts';
import { renderCell } from './cell.ts';

/** Draws a still table; its first row is the heading. */
export function renderTable(block: TableBlock, context: BlockContext): HTMLElement {
  const [header = [], ...rows] = block.rows;
  const classOf = (column: number) => {
    const setting = block.column_settings?.[column];
    return `align-${setting?.align ?? 'left'} ${setting?.is_wrapped ? 'wrapped' : ''}`;
  };
  const heading = header.map((cell, column) =>
    element('th', { scope: 'col', class: classOf(column) }, renderCell(cell, context)),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      ...row.map((cell, column) => element('td', { class: classOf(column) }, renderCell(cell, context))),
    ),
  );
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...heading)),
    element('tbody', {}, ...body),
  );
  return element(
    'figure',
    { class: 'block-table' },
    element('div', { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': 'Table' }, table),
  );
}
