import type { Block, ContainerBlock } from '../../blocks/block.ts';
import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { plain, renderText } from '../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from './block-context.ts';
import { renderRichText } from './rich-text.ts';

type Draw = (block: Block, context: BlockContext) => HTMLElement;

/** Draws blocks under one heading; the browser's own folding works with keyboard and screen reader. */
export function renderContainer(block: ContainerBlock, context: BlockContext, draw: Draw): HTMLElement {
  const name = block.rich_text_title
    ? renderRichText(block.rich_text_title, context.names)
    : plain(block.title?.text ?? '');
  const title = element('span', { class: 'container-name' }, name);
  const subtitle =
    block.subtitle && element('span', { class: 'subtitle' }, ...renderText(block.subtitle, context.names));
  const children = element(
    'div',
    { class: 'blocks' },
    ...block.child_blocks.map((child) => draw(child, context)),
  );
  if (!block.is_collapsible) {
    return element(
      'section',
      { class: 'block-container' },
      element('div', { class: 'container-title' }, title, subtitle),
      children,
    );
  }
  const summary = element('summary', { class: 'container-title' }, icon('chevron'), title, subtitle);
  return element('details', { class: 'block-container', open: !block.default_collapsed }, summary, children);
}
