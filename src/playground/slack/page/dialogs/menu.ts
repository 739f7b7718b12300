import { element } from '../dom/element.ts';

/** One line of a menu. */
export interface MenuEntry {
  readonly label: string;
  pick(): void;
}

/** Opens a menu at a button. Arrows move, Escape and a click elsewhere close, and the focus returns to the button. */
export function openMenu(button: HTMLElement, entries: readonly MenuEntry[]): void {
  const items = entries.map((entry) => {
    const item = element('button', { type: 'button', role: 'menuitem', tabindex: -1 }, entry.label);
    item.addEventListener('click', () => {
      close();
      entry.pick();
    });
    return item;
  });
  const menu = element('div', { class: 'menu', role: 'menu', popover: 'auto' }, ...items);
  document.body.append(menu);
  button.setAttribute('aria-expanded', 'true');
  menu.showPopover();
  place(menu, button);
  items[0]?.focus();
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') close();
    else moveFocus(event, items);
  });
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') close();
  });

  function close(): void {
    if (!menu.isConnected) return;
    menu.remove();
    button.removeAttribute('aria-expanded');
    button.focus();
  }
}

/** Below the button, and inside the window. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4 + height < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`;
}

function moveFocus(event: KeyboardEvent, items: readonly HTMLElement[]): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const index = items.findIndex((item) => item.matches(':focus'));
  items[(index + step + items.length) % items.length]?.focus();
}
