import type { InputBlock } from '../../../blocks/block.ts';
import { element } from '../../dom/element.ts';
import { plain } from '../../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from '../block-context.ts';
import { renderField } from './field.ts';

/** Draws a field of a form with its label, its hint and what is wrong with it. */
export function renderInput(block: InputBlock, context: BlockContext): HTMLElement {
  const blockId = block.block_id ?? '';
  const actionId = block.element.action_id ?? '';
  const id = context.newDomId();
  const noteId = context.newDomId();
  const error = context.errorOf(blockId);
  const label = plain(block.label.text);
  const field = renderField(block.element, blockId, context, {
    label,
    id,
    describedBy: error || block.hint ? noteId : undefined,
    invalid: error !== undefined,
    change(value) {
      context.fill(blockId, actionId, value);
      if (block.dispatch_action && typeof value === 'string')
        void context.press(blockId, block.element, value);
    },
  });
  const optional = block.optional && element('span', { class: 'optional' }, ' (optional)');
  return element(
    'div',
    { class: 'block-input', 'data-block': blockId, 'data-action': actionId },
    element('label', { for: id }, label, optional),
    field,
    error
      ? element('p', { class: 'field-error', id: noteId, role: 'alert' }, error)
      : block.hint && element('p', { class: 'hint', id: noteId }, plain(block.hint.text)),
  );
}
