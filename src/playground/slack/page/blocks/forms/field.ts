// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { Element, Option } from '../../../blocks/elements.ts';
import { element } from '../../dom/element.ts';
import { plain } from '../../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from '../block-context.ts';
import { renderChoices } from './choices.ts';
import { type FieldUse, fieldAttributes } from './field-use.ts';
import { renderSearch } from './search-field.ts';

/** Draws one field by its type. */
export function renderField(
  one: Element,
  blockId: string,
  context: BlockContext,
  use: FieldUse,
): HTMLElement {
  switch (one.type) {
    case 'static_select':
    case 'multi_static_select':
      return renderSelect(one, use, optionChildren(one));
    case 'users_select':
    case 'multi_users_select':
      return renderSelect(one, use, listed(context.people, one.initial_user));
    case 'channels_select':
    case 'conversations_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return renderSelect(
        one,
        use,
        listed(context.channels, one.initial_conversation ?? one.initial_channel),
      );
    case 'external_select':
    case 'multi_external_select':
      return renderSearch(one, blockId, context, use);
    case 'radio_buttons':
    case 'checkboxes':
      return renderChoices(one, context, use);
    default:
      return renderTyped(one, use);
  }
}

const inputTypes: Readonly<Record<string, string>> = {
  datepicker: 'date',
  timepicker: 'time',
  number_input: 'number',
  email_text_input: 'email',
  url_text_input: 'url',
};

function renderTyped(one: Element, use: FieldUse): HTMLElement {
  const initial = one.initial_value ?? one.initial_date ?? one.initial_time ?? '';
  const attributes = {
    ...fieldAttributes(use),
    class: 'field-input',
    placeholder: one.placeholder && plain(one.placeholder.text),
    maxlength: one.max_length,
    autofocus: one.focus_on_load,
  };
  const input = one.multiline
    ? element('textarea', { ...attributes, rows: 4 })
    : element('input', {
        ...attributes,
        type: inputTypes[one.type] ?? 'text',
        autocomplete: 'off',
        spellcheck: 'false',
      });
  input.value = typeof initial === 'string' ? initial : '';
  const acts = one.type.endsWith('picker') ? 'change' : 'input';
  input.addEventListener(acts, () => use.change(input.value));
  return input;
}

function renderSelect(one: Element, use: FieldUse, options: readonly HTMLElement[]): HTMLElement {
  const several = one.type.startsWith('multi_');
  const empty = element('option', { value: '' }, one.placeholder ? plain(one.placeholder.text) : 'Choose…');
  const select = element(
    'select',
    { ...fieldAttributes(use), class: 'field-input', multiple: several },
    !several && empty,
    ...options,
  );
  select.addEventListener('change', () => {
    const chosen = [...select.selectedOptions].map((option) => option.value);
    use.change(several ? chosen : (chosen[0] ?? null));
  });
  return select;
}

function optionChildren(one: Element): readonly HTMLElement[] {
  const chosen = new Set([one.initial_option, ...(one.initial_options ?? [])].map((option) => option?.value));
  const draw = (option: Option) =>
    element(
      'option',
      { value: option.value ?? '', selected: chosen.has(option.value) },
      plain(option.text.text),
    );
  const groups = (one.option_groups ?? []).map((group) =>
    element('optgroup', { label: plain(group.label.text) }, ...group.options.map(draw)),
  );
  return [...(one.options ?? []).map(draw), ...groups];
}

function listed(entries: BlockContext['people'], initial: string | undefined): readonly HTMLElement[] {
  return entries.map(({ label, value }) => element('option', { value, selected: value === initial }, label));
}
