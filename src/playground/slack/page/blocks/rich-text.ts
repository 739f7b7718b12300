// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { RichTextBlock, RichTextLeaf, RichTextPart } from '../../blocks/rich-text.ts';
import { element } from '../dom/element.ts';
import { emojiOf } from '../mrkdwn/emoji.ts';
import { externalLink, mention, type Names } from '../mrkdwn/render-mrkdwn.ts';

/** Draws rich text. Its text is literal: `<!channel>` in it is nine letters and nothing more. */
export function renderRichText(block: RichTextBlock, names: Names): HTMLElement {
  return element(
    'div',
    { class: 'block-text rich-text' },
    ...block.elements.map((part) => renderPart(part, names)),
  );
}

function renderPart(part: RichTextPart, names: Names): HTMLElement {
  switch (part.type) {
    case 'rich_text_section':
      return element('p', {}, ...renderLeaves(part.elements, names));
    case 'rich_text_quote':
      return element('blockquote', {}, ...renderLeaves(part.elements, names));
    case 'rich_text_preformatted':
      return element('pre', { tabindex: 0 }, ...renderLeaves(part.elements, names));
    case 'rich_text_list': {
      const items = part.elements.map((item) => element('li', {}, ...renderLeaves(item.elements, names)));
      const attributes = { class: `indent-${Math.min(part.indent ?? 0, 4)}` };
      return part.style === 'ordered'
        ? element('ol', attributes, ...items)
        : element('ul', attributes, ...items);
    }
  }
}

function renderLeaves(leaves: readonly RichTextLeaf[], names: Names): readonly Node[] {
  return leaves.map((leaf) => dress(renderLeaf(leaf, names), leaf));
}

function renderLeaf(leaf: RichTextLeaf, names: Names): Node {
  switch (leaf.type) {
    case 'link':
      return isWebAddress(leaf.url)
        ? externalLink(leaf.url, leaf.text ?? leaf.url)
        : literal(leaf.text ?? leaf.url);
    case 'user':
      return mention(`@${names.user(leaf.user_id ?? '')}`);
    case 'channel':
      return mention(`#${names.channel(leaf.channel_id ?? '')}`);
    case 'usergroup':
      return mention(`@${leaf.usergroup_id ?? ''}`);
    case 'broadcast':
      return mention(`@${leaf.range ?? ''}`);
    case 'emoji':
      return literal(emojiOf(leaf.name ?? '') ?? `:${leaf.name ?? ''}:`);
    case 'date':
      return literal(names.time(leaf.timestamp ?? 0));
    default:
      return literal(leaf.text ?? leaf.value);
  }
}

function literal(text: string | undefined): Text {
  return document.createTextNode(text ?? '');
}

function isWebAddress(url: string | undefined): url is string {
  return /^(https?:\/\/|mailto:)/i.test(url ?? '');
}

function dress(node: Node, leaf: RichTextLeaf): Node {
  const { bold, italic, strike, code, underline } = leaf.style ?? {};
  let dressed = node;
  if (code) dressed = element('code', {}, dressed);
  if (underline) dressed = element('u', {}, dressed);
  if (strike) dressed = element('s', {}, dressed);
  if (italic) dressed = element('em', {}, dressed);
  if (bold) dressed = element('strong', {}, dressed);
  return dressed;
}
