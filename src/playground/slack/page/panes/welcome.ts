import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import type { Page } from '../page.ts';

/** What an empty channel says. */
export function renderWelcome(page: Page): HTMLElement {
  const channel = page.store.channel();
  const { bot, command } = page.store.state();
  const place =
    channel.kind === 'dm'
      ? `This is between you and ${bot.name}`
      : `Nothing was said in #${channel.name} yet`;
  const invite = `Type /invite @${bot.name} and it can answer in threads here.`;
  const ask = channel.kind === 'dm' ? 'Just write a line.' : `Type ${command.name}, or pick a line below.`;
  return element(
    'div',
    { class: 'welcome' },
    icon('lamp'),
    element('h2', {}, place),
    element('p', {}, ask),
    !channel.botIsMember &&
      !channel.archived &&
      element('p', { class: 'quiet' }, `@${bot.name} is not in this channel. ${invite}`),
    element(
      'p',
      { class: 'quiet' },
      'The desk stands in for Slack on this machine: nothing you write here reaches it.',
    ),
  );
}
