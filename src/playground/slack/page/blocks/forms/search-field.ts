// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { Element } from '../../../blocks/elements.ts';
import { element } from '../../dom/element.ts';
import { plain } from '../../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from '../block-context.ts';
import { type FieldUse, fieldAttributes } from './field-use.ts';

/** Slack asks the app only after this many letters, unless the element says otherwise. */
const defaultMinLetters = 3;

/** Draws a field whose options the app supplies while somebody types. */
export function renderSearch(
  one: Element,
  blockId: string,
  context: BlockContext,
  use: FieldUse,
): HTMLElement {
  const listId = context.newDomId();
  const list = element('datalist', { id: listId });
  const placeholder = one.placeholder && plain(one.placeholder.text);
  const input = element('input', {
    ...fieldAttributes(use),
    class: 'field-input',
    type: 'text',
    list: listId,
    autocomplete: 'off',
    placeholder,
  });
  let known = new Map<string, string>();
  input.addEventListener('input', async () => {
    const value = known.get(input.value);
    if (value !== undefined) return use.change(value);
    if (input.value.length < (one.min_query_length ?? defaultMinLetters)) return;
    const options = await context.suggest(blockId, one.action_id ?? '', input.value);
    known = new Map(options.map((option) => [option.label, option.value]));
    list.replaceChildren(...options.map((option) => element('option', { value: option.label })));
  });
  return element('span', { class: 'search-field' }, input, list);
}
