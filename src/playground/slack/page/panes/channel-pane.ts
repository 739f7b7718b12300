import type { PlaygroundMessage } from '../../protocol.ts';
import { type Composer, createComposer } from '../composer/composer.ts';
import { element } from '../dom/element.ts';
import { createMessageList } from '../messages/message-list.ts';
import type { Page } from '../page.ts';
import { createChannelHeader } from './channel-header.ts';
import { createChips } from './chips.ts';
import { renderWelcome } from './welcome.ts';

/** Creates the middle of the page: a channel, its messages, and the box. */
export function createChannelPane(
  page: Page,
  onMenu: () => void,
): { readonly root: HTMLElement; readonly composer: Composer } {
  const list = createMessageList(page, 'channel', 'Messages');
  const composer = createComposer(page, () => undefined);
  const welcome = element('div', { class: 'welcome-place' });
  const chips = createChips(page, (text) => composer.put(text));
  const foot = element('div', { class: 'foot' }, chips, composer.root);
  const archived = element(
    'p',
    { class: 'archived-note' },
    'This channel is archived: nobody can write here.',
  );

  function reset(): void {
    list.reset(page.store.channelMessages());
    showWelcome();
    foot.hidden = page.store.channel().archived;
    archived.hidden = !foot.hidden;
  }
  function showWelcome(): void {
    const isEmpty = page.store.channelMessages().length === 0;
    list.root.hidden = isEmpty;
    welcome.hidden = !isEmpty;
    if (isEmpty) welcome.replaceChildren(renderWelcome(page));
  }

  page.store.listen((event) => {
    if (event.type === 'state' || event.type === 'channel-opened') reset();
    if (event.type === 'channel') showWelcome();
    if (event.type === 'thread-opened' && !page.store.threadTs()) composer.focus();
    if (event.type === 'message') update(event.message);
    if (event.type === 'gone') {
      showWelcome();
      list.update(page.store.channelMessages(), [event.ts]);
    }
  });

  /** A reply changes the line below its parent. */
  function update(message: PlaygroundMessage): void {
    if (message.channel !== page.store.channel().id) return;
    showWelcome();
    list.update(page.store.channelMessages(), [message.ts, message.threadTs ?? message.ts]);
  }

  reset();
  const parts = [createChannelHeader(page, onMenu), welcome, list.root, foot, archived];
  return { root: element('main', { class: 'channel' }, ...parts), composer };
}
