// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { Element } from '../../../blocks/elements.ts';
import { element } from '../../dom/element.ts';
import { renderText } from '../../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from '../block-context.ts';
import type { FieldUse } from './field-use.ts';

/** Draws radio buttons or checkboxes, each with its own label. */
export function renderChoices(one: Element, context: BlockContext, use: FieldUse): HTMLElement {
  const isRadio = one.type === 'radio_buttons';
  const name = context.newDomId();
  const chosen = new Set([one.initial_option, ...(one.initial_options ?? [])].map((option) => option?.value));
  const boxes = (one.options ?? []).map((option) => {
    const type = isRadio ? 'radio' : 'checkbox';
    const box = element('input', {
      type,
      name,
      value: option.value ?? '',
      checked: chosen.has(option.value),
    });
    const words = element('span', {}, ...renderText(option.text, context.names));
    return { box, label: element('label', { class: 'choice' }, box, words) };
  });
  const group = element(
    'div',
    {
      class: 'choices',
      id: use.id,
      role: isRadio ? 'radiogroup' : 'group',
      'aria-label': use.label,
      'aria-describedby': use.describedBy,
    },
    ...boxes.map((one) => one.label),
  );
  group.addEventListener('change', () => {
    const values = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    use.change(isRadio ? (values[0] ?? null) : values);
  });
  return group;
}
