import type { TextObject } from '../../blocks/elements.ts';
import { element } from '../dom/element.ts';
import { emojiOf } from './emoji.ts';
import { decode, type MrkdwnNode, parseMrkdwn } from './parse-mrkdwn.ts';

/** How names and times are found for what a text only points at. */
export interface Names {
  user(id: string): string;
  channel(id: string): string;
  time(timestampSeconds: number): string;
}

/** A text object as nodes: markup is followed for `mrkdwn`, and for nothing else. */
export function renderText(text: TextObject, names: Names): readonly Node[] {
  return text.type === 'mrkdwn'
    ? renderMrkdwn(text.text, names)
    : [document.createTextNode(plain(text.text))];
}

/** Plain text still knows Slack's three escapes, and short names of emoji. */
export function plain(text: string): string {
  return decode(text).replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => emojiOf(name) ?? whole);
}

/** Text in Slack's markup as nodes. */
export function renderMrkdwn(text: string, names: Names): readonly Node[] {
  return parseMrkdwn(text).map((node) => renderNode(node, names));
}

function renderNode(node: MrkdwnNode, names: Names): Node {
  const inner = (children: readonly MrkdwnNode[]) => children.map((child) => renderNode(child, names));
  switch (node.type) {
    case 'text':
      return document.createTextNode(node.text);
    case 'break':
      return element('br');
    case 'code':
      return element('code', {}, node.text);
    case 'pre':
      return element('pre', { tabindex: 0 }, node.text);
    case 'bold':
      return element('strong', {}, ...inner(node.children));
    case 'italic':
      return element('em', {}, ...inner(node.children));
    case 'strike':
      return element('s', {}, ...inner(node.children));
    case 'quote':
      return element('blockquote', {}, ...inner(node.children));
    case 'link':
      return externalLink(node.url, node.label);
    case 'date':
      return document.createTextNode(names.time(node.timestamp) || node.fallback);
    case 'user':
      return mention(`@${node.label ?? names.user(node.id)}`);
    case 'channel':
      return mention(`#${node.label || names.channel(node.id)}`);
    case 'broadcast':
      return mention(`@${node.label ?? node.id}`);
  }
}

/** A name that is highlighted, because it reaches somebody. */
export function mention(text: string): HTMLElement {
  return element('span', { class: 'mention' }, text);
}

/** A link that leaves the desk; it opens elsewhere and says nothing about where it came from. */
export function externalLink(url: string, label: string): HTMLElement {
  return element('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label);
}
