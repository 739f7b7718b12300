import { element } from '../../dom/element.ts';
import { icon } from '../../dom/icon.ts';

/** The line below a table that turns its pages; away while one page holds everything. */
export interface Pager {
  readonly root: HTMLElement;
  /** Goes to the first page and has it drawn. */
  restart(): void;
}

/** Creates the pager of `count` rows; `draw` shows the rows from one position up to another. */
export function createPager(
  caption: string,
  count: number,
  pageSize: number,
  draw: (from: number, to: number) => void,
): Pager {
  let from = 0;
  const status = element('span', { class: 'pager-status', 'aria-live': 'polite' });
  const back = turner('Previous page', () => go(from - pageSize));
  const forth = turner('Next page', () => go(from + pageSize));
  const label = { role: 'group', 'aria-label': `Pages of ${caption}` };
  const root = element('div', { class: 'pager', ...label, hidden: count <= pageSize }, status, back, forth);

  function go(to: number): void {
    from = to;
    const end = Math.min(from + pageSize, count);
    draw(from, end);
    status.textContent = `${from + 1}–${end} of ${count}`;
    back.disabled = from === 0;
    forth.disabled = end === count;
  }

  return { root, restart: () => go(0) };
}

function turner(label: string, turn: () => void): HTMLButtonElement {
  return element('button', { type: 'button', 'aria-label': label, onclick: turn }, icon('chevron'));
}
