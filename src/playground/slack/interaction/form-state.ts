import type { SlackBlock } from '../blocks/block.ts';
import { optionsOf, type SlackField } from '../blocks/elements.ts';
import { listElements } from '../blocks/placed-elements.ts';
import type { FormValue, FormValues } from '../protocol.ts';

/** The `state.values` of a payload: for each field of the form what it holds now. */
export function formState(
  blocks: readonly SlackBlock[],
  values: FormValues,
): Readonly<Record<string, unknown>> {
  const state: Record<string, Record<string, unknown>> = {};
  for (const { blockId, element } of listElements(blocks)) {
    if (element.type === 'button') continue;
    const actionId = element.action_id ?? '';
    const value = currentValue(element, values[blockId]?.[actionId]);
    state[blockId] = { ...state[blockId], [actionId]: fieldState(element, value) };
  }
  return state;
}

/** What a field holds: what was typed or chosen, or its initial value. Of a menu it is the value of the choice. */
export function currentValue(element: SlackField, typed: FormValue | undefined): FormValue {
  if (typed !== undefined) return typed;
  if (element.type === 'static_select') return element.initial_option?.value ?? null;
  return element.initial_value ?? null;
}

/** The state of one field; an empty one holds null. */
export function fieldState(element: SlackField, value: FormValue): Readonly<Record<string, unknown>> {
  const { type } = element;
  if (type === 'static_select')
    return { type, selected_option: optionsOf(element).find((each) => each.value === value) ?? null };
  return { type, value: value === '' ? null : value };
}
