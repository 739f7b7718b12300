// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { Block } from '../../blocks/block.ts';
import type { ImageElement } from '../../blocks/elements.ts';
import { element } from '../dom/element.ts';
import { plain, renderMrkdwn, renderText } from '../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from './block-context.ts';
import { renderChart } from './charts/chart.ts';
import { renderContainer } from './container.ts';
import { renderElement } from './forms/element-control.ts';
import { renderInput } from './forms/input.ts';
import { renderPlan, renderTask } from './plan.ts';
import { renderRichText } from './rich-text.ts';
import { renderDataTable } from './tables/data-table.ts';
import { renderTable } from './tables/table.ts';

/** Draws blocks one below the other. */
export function renderBlocks(blocks: readonly Block[], context: BlockContext): HTMLElement {
  return element('div', { class: 'blocks' }, ...blocks.map((block) => renderBlock(block, context)));
}

/** Draws one block. */
export function renderBlock(block: Block, context: BlockContext): HTMLElement {
  const blockId = block.block_id ?? '';
  switch (block.type) {
    case 'header':
      return element('h3', { class: 'block-header' }, plain(block.text.text));
    case 'section':
      return renderSection(block, context);
    case 'context':
      return element(
        'div',
        { class: 'block-context' },
        ...block.elements.map((one) => renderSmall(one, context)),
      );
    case 'actions':
    case 'context_actions':
      return element(
        'div',
        { class: 'block-actions' },
        ...block.elements.map((one) => renderElement(one, blockId, context)),
      );
    case 'divider':
      return element('hr');
    case 'image':
      return renderImage(block.alt_text, block.title?.text);
    case 'markdown':
      return element('div', { class: 'block-text' }, ...renderMrkdwn(block.text, context.names));
    case 'alert':
      return element(
        'div',
        { class: `block-alert alert-${block.level ?? 'default'}` },
        ...renderText(block.text, context.names),
      );
    case 'rich_text':
      return renderRichText(block, context.names);
    case 'data_table':
      return renderDataTable(block, context);
    case 'table':
      return renderTable(block, context);
    case 'data_visualization':
      return renderChart(block, context);
    case 'container':
      return renderContainer(block, context, renderBlock);
    case 'input':
      return renderInput(block, context);
    case 'plan':
      return renderPlan(block, context);
    case 'task_card':
      return renderTask(block, context);
    default:
      return element('p', { class: 'block-unknown' }, 'The desk accepts this block and does not draw it.');
  }
}

function renderSection(block: Extract<Block, { type: 'section' }>, context: BlockContext): HTMLElement {
  const fields = (block.fields ?? []).map((field) =>
    element('div', { class: 'field' }, ...renderText(field, context.names)),
  );
  const accessory = block.accessory && renderElement(block.accessory, block.block_id ?? '', context);
  return element(
    'div',
    { class: 'block-section' },
    element(
      'div',
      { class: 'section-body' },
      block.text && element('div', { class: 'block-text' }, ...renderText(block.text, context.names)),
      fields.length > 0 && element('div', { class: 'fields' }, ...fields),
    ),
    accessory && element('div', { class: 'section-accessory' }, accessory),
  );
}

function renderSmall(
  one: Extract<Block, { type: 'context' }>['elements'][number],
  context: BlockContext,
): HTMLElement {
  return one.type === 'image' ? renderPicture(one) : element('span', {}, ...renderText(one, context.names));
}

function renderPicture(image: ImageElement): HTMLElement {
  return element(
    'span',
    { class: 'picture-word', role: 'img', 'aria-label': image.alt_text },
    image.alt_text,
  );
}

/** The desk loads nothing from elsewhere, so a picture is its description. */
export function renderImage(alt: string, title: string | undefined): HTMLElement {
  return element(
    'figure',
    { class: 'block-image' },
    title && element('figcaption', {}, title),
    element('div', { role: 'img', 'aria-label': alt }, alt),
  );
}
