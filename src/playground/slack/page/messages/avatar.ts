import type { PlaygroundAuthor } from '../../protocol.ts';
import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';

/** A coloured sign for whoever speaks: initials for people, the lightning bolt for the app. */
export function renderAvatar(author: PlaygroundAuthor): HTMLElement {
  if (author.kind === 'bot')
    return element('span', { class: 'avatar avatar-bot', 'aria-hidden': 'true' }, icon('bolt'));
  if (author.kind === 'slack')
    return element('span', { class: 'avatar avatar-slack', 'aria-hidden': 'true' }, icon('lamp'));
  const hue = [...author.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 4;
  return element(
    'span',
    { class: `avatar avatar-${hue}`, 'aria-hidden': 'true' },
    author.name.slice(0, 2).toUpperCase(),
  );
}
