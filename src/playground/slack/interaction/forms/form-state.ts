import { listElements } from '../../blocks/find-element.ts';
import type { FormValue, FormValues } from '../../protocol.ts';
import type { Block } from '../../shapes/block.ts';
import type { Element, Option } from '../../shapes/element.ts';

/** The `state.values` of a payload: for each field of the form what it holds now. */
export function formState(blocks: readonly Block[], values: FormValues): Readonly<Record<string, unknown>> {
  const state: Record<string, Record<string, unknown>> = {};
  for (const { blockId, element } of listElements(blocks)) {
    if (element.type.endsWith('button') || element.type === 'overflow') continue;
    const actionId = element.action_id ?? '';
    const given = values[blockId]?.[actionId];
    state[blockId] = {
      ...state[blockId],
      [actionId]: fieldState(element, given === undefined ? initialValue(element) : given),
    };
  }
  return state;
}

/** What a field holds before anybody touches it. */
export function initialValue(element: Element): FormValue {
  if (element.initial_options) return element.initial_options.map((option) => option.value ?? '');
  if (element.initial_date_time !== undefined) return String(element.initial_date_time);
  const single =
    element.initial_value ?? element.initial_date ?? element.initial_time ?? element.initial_option?.value;
  return single ?? element.initial_conversation ?? element.initial_channel ?? element.initial_user ?? null;
}

/** The state of one field, under the name that its type uses. */
export function fieldState(element: Element, value: FormValue): Readonly<Record<string, unknown>> {
  const { type } = element;
  const first = typeof value === 'string' ? value : (value?.[0] ?? null);
  const many = typeof value === 'string' ? [value] : (value ?? []);
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: first === null ? null : optionOf(element, first) };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: many.map((one) => optionOf(element, one)) };
    case 'users_select':
      return { type, selected_user: first };
    case 'channels_select':
      return { type, selected_channel: first };
    case 'conversations_select':
      return { type, selected_conversation: first };
    case 'datepicker':
      return { type, selected_date: first };
    case 'timepicker':
      return { type, selected_time: first };
    case 'datetimepicker':
      return { type, selected_date_time: first === null ? null : Number(first) };
    default:
      return { type, value: first === '' ? null : first };
  }
}

/** The option with this value; options that the app supplied while typing are known only by their value. */
export function optionOf(element: Element, value: string): Option {
  const options = [
    ...(element.options ?? []),
    ...(element.option_groups ?? []).flatMap((group) => group.options),
  ];
  const found = options.find((option) => option.value === value);
  return found ?? { text: { type: 'plain_text', text: value, emoji: true }, value };
}
