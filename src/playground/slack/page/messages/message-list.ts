import type { PlaygroundMessage } from '../../protocol.ts';
import { element } from '../dom/element.ts';
import { formatDay } from '../format-time.ts';
import type { Page } from '../page.ts';
import { renderMessage } from './message.ts';

/** A list of messages that redraws only what changed. */
export interface MessageList {
  readonly root: HTMLElement;
  /** Draws everything anew, and goes to the end. */
  reset(messages: readonly PlaygroundMessage[]): void;
  /** Draws these messages, keeping what is drawn already except `changedTs`. */
  update(messages: readonly PlaygroundMessage[], changedTs: readonly string[]): void;
}

/** Messages of one author within this time stand together. */
const togetherSeconds = 300;
/** So close to the end, the list follows new messages. */
const nearEndPixels = 120;

/** Creates an empty list: a log that screen readers follow. */
export function createMessageList(page: Page, place: 'channel' | 'thread', label: string): MessageList {
  const root = element('div', {
    class: 'messages',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': label,
    tabindex: 0,
  });
  let drawn = new Map<string, HTMLElement>();

  function draw(messages: readonly PlaygroundMessage[], changedTs: readonly string[]): void {
    const next = new Map<string, HTMLElement>();
    const children: Node[] = [];
    for (const [index, message] of messages.entries()) {
      const before = messages[index - 1];
      if (startsDay(message, before, page)) children.push(renderDay(message, page));
      const known = changedTs.includes(message.ts) ? undefined : drawn.get(message.ts);
      const node = known ?? renderMessage(message, page, place);
      if (!known && drawn.size > 0) node.classList.add(drawn.has(message.ts) ? 'changed' : 'arrived');
      node.classList.toggle('follows', follows(message, before, page));
      next.set(message.ts, node);
      children.push(node);
    }
    drawn = next;
    replaceGently(root, children);
  }

  return {
    root,
    reset(messages) {
      drawn = new Map();
      draw(messages, []);
      root.scrollTop = root.scrollHeight;
    },
    update(messages, changedTs) {
      const isAtEnd = root.scrollHeight - root.scrollTop - root.clientHeight < nearEndPixels;
      draw(messages, changedTs);
      if (isAtEnd) root.scrollTop = root.scrollHeight;
    },
  };
}

/** Moves nothing that stands where it should: focus, selection and scrolling inside messages survive. */
function replaceGently(root: HTMLElement, children: readonly Node[]): void {
  const wanted = new Set(children);
  for (const child of [...root.childNodes]) if (!wanted.has(child)) child.remove();
  for (const [index, child] of children.entries()) {
    const current = root.childNodes[index];
    if (current !== child) root.insertBefore(child, current ?? null);
  }
}

function startsDay(message: PlaygroundMessage, before: PlaygroundMessage | undefined, page: Page): boolean {
  const { tz } = page.store.me();
  return !before || formatDay(Number(message.ts), tz) !== formatDay(Number(before.ts), tz);
}

function renderDay(message: PlaygroundMessage, page: Page): HTMLElement {
  return element(
    'div',
    { class: 'day' },
    element('span', {}, formatDay(Number(message.ts), page.store.me().tz)),
  );
}

function follows(message: PlaygroundMessage, before: PlaygroundMessage | undefined, page: Page): boolean {
  if (!before || startsDay(message, before, page)) return false;
  const isNear = Number(message.ts) - Number(before.ts) < togetherSeconds;
  return isNear && before.author.id === message.author.id && before.onlyFor === message.onlyFor;
}
