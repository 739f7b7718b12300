import type { Composer } from '../composer/composer.ts';
import type { Page } from '../page.ts';

/** Keys for the whole page: `/` goes to the box, Escape closes the thread. */
export function createKeyboard(page: Page, composer: Composer, closeDrawer: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open], .menu')) return;
    if (event.key === '/' && !isTyping(event.target)) {
      event.preventDefault();
      composer.put('/');
    }
    if (event.key === 'Escape') {
      closeDrawer();
      if (page.store.threadTs()) page.store.openThread(undefined);
    }
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
