// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { Block, TaskCardBlock } from '../../blocks/block.ts';
import { element } from '../dom/element.ts';
import { plain } from '../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from './block-context.ts';
import { renderRichText } from './rich-text.ts';

const signs = { pending: '○', in_progress: '◐', complete: '●', error: '✕' } as const;
const words = { pending: 'to do', in_progress: 'in progress', complete: 'done', error: 'failed' } as const;

/** Draws steps and how far they are. */
export function renderPlan(block: Extract<Block, { type: 'plan' }>, context: BlockContext): HTMLElement {
  const tasks = (block.tasks ?? []).map((task) => element('li', {}, renderTask(task, context)));
  return element(
    'section',
    { class: 'block-plan' },
    element('h4', {}, plain(block.title)),
    element('ul', {}, ...tasks),
  );
}

/** Draws one step. */
export function renderTask(task: TaskCardBlock, context: BlockContext): HTMLElement {
  return element(
    'div',
    { class: `task task-${task.status}` },
    element(
      'span',
      { class: 'task-sign', role: 'img', 'aria-label': words[task.status] },
      signs[task.status],
    ),
    element('span', { class: 'task-title' }, plain(task.title)),
    task.details && renderRichText(task.details, context.names),
    task.output && renderRichText(task.output, context.names),
  );
}
