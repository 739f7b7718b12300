import { reportReaction } from '../dialogs/toast.ts';
import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import type { Page } from '../page.ts';

/** Draws the lines to try, and the shortcuts that belong to no message. A line goes into the box, not off. */
export function createChips(page: Page, onLine: (text: string) => void): HTMLElement {
  const root = element('div', { class: 'chips', role: 'group', 'aria-label': 'Lines to try' });
  function draw(): void {
    const { suggestions, shortcuts } = page.store.state();
    const globals = shortcuts.filter((shortcut) => shortcut.type === 'global');
    root.hidden = suggestions.length + globals.length === 0;
    root.replaceChildren(
      ...globals.map(({ name, callbackId }) => {
        const pick = async () => reportReaction(await page.deeds.shortcut({ callbackId }));
        return element(
          'button',
          { type: 'button', class: 'chip chip-shortcut', onclick: () => void pick() },
          icon('bolt'),
          name,
        );
      }),
      ...suggestions.map(({ label, text }) =>
        element(
          'button',
          { type: 'button', class: 'chip', title: text, onclick: () => onLine(text) },
          element('span', { class: 'chip-word' }, label),
        ),
      ),
    );
  }
  page.store.listen((event) => {
    if (event.type === 'state') draw();
  });
  draw();
  return root;
}
