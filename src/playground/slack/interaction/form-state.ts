import type { SlackBlock } from '../blocks/block.ts';
import type { SlackPlainTextInput } from '../blocks/elements.ts';
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

/** What a field holds: what was typed, or its initial value. */
export function currentValue(element: SlackPlainTextInput, typed: FormValue | undefined): FormValue {
  return typed === undefined ? (element.initial_value ?? null) : typed;
}

/** The state of one field; an empty one holds null. */
export function fieldState(
  { type }: SlackPlainTextInput,
  value: FormValue,
): Readonly<Record<string, unknown>> {
  return { type, value: value === '' ? null : value };
}
