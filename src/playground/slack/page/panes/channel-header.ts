import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import type { Page } from '../page.ts';
import { createThemeToggle } from './theme.ts';

/** Draws the top of the channel: its name, whether the app is in it, and whether the app is there at all. */
export function createChannelHeader(page: Page, onMenu: () => void): HTMLElement {
  const title = element('div', { class: 'title' });
  const status = element('div', { class: 'status', role: 'status' });
  const menu = element(
    'button',
    {
      type: 'button',
      class: 'button button-icon menu-button',
      'aria-label': 'Channels',
      'aria-controls': 'sidebar',
      onclick: onMenu,
    },
    icon('menu'),
  );
  function draw(): void {
    const channel = page.store.channel();
    const { bot, sockets } = page.store.state();
    const name = channel.kind === 'dm' ? bot.name : channel.name;
    const sign = channel.kind === 'private' ? icon('lock') : channel.kind === 'dm' ? icon('bolt') : '# ';
    document.title = `${channel.kind === 'dm' ? '' : '#'}${name} · the desk`;
    title.replaceChildren(element('h1', {}, sign, name), element('span', { class: 'quiet' }, describe(page)));
    const isThere = sockets === null || sockets > 0;
    const words =
      sockets === null
        ? `${bot.name} over HTTP`
        : isThere
          ? `${bot.name} is connected`
          : `${bot.name} is not connected`;
    status.className = `status ${isThere ? 'status-on' : 'status-off'}`;
    status.title = sockets === null ? '' : `${sockets} open ${sockets === 1 ? 'socket' : 'sockets'}`;
    status.replaceChildren(
      element('span', { class: 'lamp', 'aria-hidden': 'true' }),
      element('span', {}, words),
    );
  }
  page.store.listen((event) => {
    if (event.type !== 'message' && event.type !== 'view' && event.type !== 'gone') draw();
  });
  draw();
  return element('header', { class: 'channel-header' }, menu, title, status, createThemeToggle());
}

function describe(page: Page): string {
  const channel = page.store.channel();
  const { bot } = page.store.state();
  if (channel.archived) return 'archived';
  if (channel.kind === 'dm') return 'between you and the app';
  const people = channel.members.length === 1 ? '1 person' : `${channel.members.length} people`;
  return channel.botIsMember
    ? `${people} and @${bot.name}`
    : `${people}; @${bot.name} is not in this channel`;
}
