import { createComposer } from '../composer/composer.ts';
import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { createMessageList } from '../messages/message-list.ts';
import type { Page } from '../page.ts';

/** Creates the pane beside the channel that shows one thread; it is away while no thread is open. */
export function createThreadPane(page: Page): HTMLElement {
  const { store } = page;
  const list = createMessageList(page, 'thread', 'Thread');
  const composer = createComposer(page, () => store.threadTs() ?? '');
  const place = element('span', { class: 'quiet' });
  const close = element(
    'button',
    {
      type: 'button',
      class: 'button button-icon',
      'aria-label': 'Close the thread',
      onclick: () => store.openThread(undefined),
    },
    icon('close'),
  );
  const header = element('header', {}, element('h2', {}, 'Thread'), place, close);
  const root = element(
    'aside',
    { class: 'thread', 'aria-label': 'Thread' },
    header,
    list.root,
    element('div', { class: 'foot' }, composer.root),
  );

  function reset(): void {
    const ts = store.threadTs();
    root.hidden = ts === undefined;
    document.body.classList.toggle('with-thread', ts !== undefined);
    if (!ts) return;
    place.textContent = store.channel().kind === 'dm' ? '' : `#${store.channel().name}`;
    list.reset(store.thread(ts));
  }

  store.listen((event) => {
    const ts = store.threadTs();
    if (event.type === 'thread-opened') {
      reset();
      if (ts) composer.focus();
    } else if (event.type === 'channel-opened' || event.type === 'state') reset();
    else if (ts && (event.type === 'message' || event.type === 'gone')) {
      const changed = event.type === 'message' ? event.message.ts : event.ts;
      list.update(store.thread(ts), [changed]);
    }
  });
  reset();
  return root;
}
