import type { PlaygroundChannel } from '../../protocol.ts';
import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { renderAvatar } from '../messages/avatar.ts';
import type { Page } from '../page.ts';

/** Draws the workspace: its channels, the direct message with the app, and who one is. */
export function createSidebar(page: Page, onChosen: () => void): HTMLElement {
  const root = element('nav', { class: 'sidebar', id: 'sidebar', 'aria-label': 'Workspace' });
  function draw(): void {
    const { team, channels } = page.store.state();
    const rooms = channels.filter((channel) => channel.kind !== 'dm');
    const directs = channels.filter((channel) => channel.kind === 'dm');
    const item = (channel: PlaygroundChannel) => renderItem(channel, page, onChosen);
    root.replaceChildren(
      element(
        'div',
        { class: 'brand' },
        icon('lamp'),
        element('div', {}, element('strong', {}, 'the desk'), element('span', {}, team)),
      ),
      element('h2', {}, 'Channels'),
      element('ul', {}, ...rooms.map(item)),
      element('h2', {}, 'Direct messages'),
      element('ul', {}, ...directs.map(item)),
      renderPeople(page),
    );
  }
  page.store.listen((event) => {
    if (event.type !== 'view' && event.type !== 'gone' && event.type !== 'sockets') draw();
  });
  draw();
  return root;
}

function renderItem(channel: PlaygroundChannel, page: Page, onChosen: () => void): HTMLElement {
  const { store } = page;
  const isOpen = store.channel().id === channel.id;
  const isUnread = store.isUnread(channel.id);
  const sign =
    channel.kind === 'private'
      ? icon('lock')
      : channel.kind === 'dm'
        ? icon('bolt')
        : element('span', { class: 'hash', 'aria-hidden': 'true' }, '#');
  const open = () => {
    store.openChannel(channel.id);
    onChosen();
  };
  const button = element(
    'button',
    {
      type: 'button',
      class: `room${isUnread ? ' unread' : ''}${channel.archived ? ' archived' : ''}`,
      'aria-current': isOpen && 'page',
      onclick: open,
    },
    sign,
    element('span', { class: 'room-name' }, channel.kind === 'dm' ? store.state().bot.name : channel.name),
    isUnread && element('span', { class: 'dot', role: 'img', 'aria-label': 'new messages' }),
  );
  return element('li', {}, button);
}

/** The switch of who one is: the desk has no passwords, because it never leaves this machine. */
function renderPeople(page: Page): HTMLElement {
  const { people, me } = page.store.state();
  const self = page.store.me();
  const options = people.map((person) =>
    element('option', { value: person.id, selected: person.id === me }, person.realName),
  );
  const select = element('select', { 'aria-label': 'You are' }, ...options);
  select.addEventListener('change', () => page.become(select.value));
  return element(
    'div',
    { class: 'self' },
    renderAvatar({ kind: 'person', id: self.id, name: self.name }),
    element('div', {}, select, element('span', { class: 'zone' }, self.tz)),
  );
}
