import type { PlaygroundMessage } from '../../protocol.ts';
import { renderBlocks } from '../blocks/render-block.ts';
import { createBlockContext, createNames } from '../create-block-context.ts';
import { openMenu } from '../dialogs/menu.ts';
import { reportReaction } from '../dialogs/toast.ts';
import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { formatDateTime, formatTime } from '../format-time.ts';
import { renderMrkdwn } from '../mrkdwn/render-mrkdwn.ts';
import type { Page } from '../page.ts';
import { renderAvatar } from './avatar.ts';
import { renderFileCard } from './file-card.ts';

/** Draws one message; in a channel its thread is summed up in a line below it. */
export function renderMessage(
  message: PlaygroundMessage,
  page: Page,
  place: 'channel' | 'thread',
): HTMLElement {
  const body = message.blocks.length > 0 ? drawBlocks(message, page) : drawText(message, page);
  return element(
    'article',
    {
      class: `message message-${message.author.kind}${message.onlyFor ? ' message-private' : ''}`,
      'data-ts': message.ts,
      'aria-label': `${message.author.name} at ${timeOf(message, page)}`,
    },
    renderAvatar(message.author),
    element(
      'div',
      { class: 'message-main' },
      renderByline(message, page),
      body,
      ...message.files.map(renderFileCard),
      place === 'channel' && renderThreadLine(message, page),
    ),
    renderTools(message, page, place),
  );
}

function drawBlocks(message: PlaygroundMessage, page: Page): HTMLElement {
  return renderBlocks(message.blocks, createBlockContext(page, { channel: message.channel, ts: message.ts }));
}

function drawText(message: PlaygroundMessage, page: Page): HTMLElement | null {
  if (message.text === '') return null;
  return element('div', { class: 'block-text' }, ...renderMrkdwn(message.text, createNames(page)));
}

function renderByline(message: PlaygroundMessage, page: Page): HTMLElement {
  const seconds = Number(message.ts);
  const tag = { bot: 'app', slack: 'slack', person: '' }[message.author.kind];
  return element(
    'div',
    { class: 'byline' },
    element('span', { class: 'author' }, message.author.name),
    tag !== '' && element('span', { class: 'tag' }, tag),
    element('time', { title: formatDateTime(seconds, page.store.me().tz) }, timeOf(message, page)),
    message.edited && element('span', { class: 'quiet edited' }, '(edited)'),
    message.onlyFor && element('span', { class: 'private-note' }, icon('eye'), 'Only visible to you'),
  );
}

function timeOf(message: PlaygroundMessage, page: Page): string {
  return formatTime(Number(message.ts), page.store.me().tz);
}

function renderThreadLine(message: PlaygroundMessage, page: Page): HTMLElement | null {
  const replies = page.store.thread(message.ts).filter((reply) => reply.ts !== message.ts);
  const last = replies.at(-1);
  if (!last) return null;
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return element(
    'button',
    { type: 'button', class: 'thread-line', onclick: () => page.store.openThread(message.ts) },
    element('strong', {}, count),
    element('span', { class: 'quiet' }, `last at ${timeOf(last, page)}`),
    icon('chevron'),
  );
}

function renderTools(
  message: PlaygroundMessage,
  page: Page,
  place: 'channel' | 'thread',
): HTMLElement | null {
  const shortcuts = page.store.state().shortcuts.filter((shortcut) => shortcut.type === 'message');
  const reply = {
    label: 'Reply in thread',
    pick: () => page.store.openThread(message.threadTs ?? message.ts),
  };
  const entries = [
    ...(place === 'channel' && !message.onlyFor ? [reply] : []),
    ...(message.onlyFor ? [] : shortcuts).map(({ name, callbackId }) => ({
      label: name,
      pick: async () =>
        reportReaction(await page.deeds.shortcut({ callbackId, channel: message.channel, ts: message.ts })),
    })),
  ];
  if (entries.length === 0) return null;
  const label = `Actions for the message of ${message.author.name}`;
  const button = element(
    'button',
    { type: 'button', class: 'button button-icon', 'aria-label': label, 'aria-haspopup': 'menu' },
    icon('more'),
  );
  button.addEventListener('click', () => openMenu(button, entries));
  return element('div', { class: 'message-tools' }, button);
}
