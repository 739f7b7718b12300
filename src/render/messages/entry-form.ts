import type { Arg } from '../../core/line/argument.ts';
import type { Entry } from '../../core/line/entry.ts';
import { type FilledForm, formArguments } from '../../core/line/entry-form.ts';
import { isQuery } from '../../core/query/query.ts';
import type { InputBlock, Modal, RichTextBlock, SelectOption, StaticSelect } from '../blocks/block-types.ts';
import { lineWithCode, plainLine } from '../blocks/text-blocks.ts';
import { tasksOf } from '../help-tasks.ts';
import { LIMITS } from '../limits.ts';
import { cut } from '../plain-text.ts';

/** The ids of the form of an entry; each field has the same id for its block and for what is in it. */
export const ENTRY_FORM = {
  callbackId: 'flowlog_form',
  entry: 'entry',
  window: 'window',
  more: 'more',
  /** The field of an argument, before the name of that. */
  argument: 'arg.',
} as const;

/** The choice of the menu of entries with which the whole line is typed. */
export const TYPED_LINE = 'typed line';
/** The choice of a menu of values that leaves the argument out: a choice of Slack's cannot be taken back. */
export const ANY_VALUE = 'any';

/** What a form would ask as it is filled in: a line, or what is still wrong. */
export type FormPreview = { readonly line: string } | { readonly problem: string };

/** How a form is shown. */
export interface FormView {
  readonly form: FilledForm;
  readonly catalog: readonly Entry[];
  /** Typed before a line: `/flowlog `. */
  readonly prompt: string;
  readonly preview: FormPreview;
  /** Comes back with the form, and says where the answer goes. */
  readonly metadata: string;
}

/**
 * The form of an entry: what is asked, a field for each of its arguments, the window, and the line that it makes. All of it
 * is derived from the catalog. The app hears of each change, so that the line is always that of the fields.
 */
export function entryForm({ form, catalog, prompt, preview, metadata }: FormView): Modal {
  const { entry, values, more, window } = form;
  return {
    type: 'modal',
    callback_id: ENTRY_FORM.callbackId,
    private_metadata: metadata,
    title: plain('Ask flow logs'),
    submit: plain(entry.kind === 'query' ? 'Ask' : 'Go on'),
    close: plain('Cancel'),
    blocks: [
      entryField(entry, catalog),
      ...formArguments(entry).map(([name, arg]) => argumentField(name, arg, values[name] ?? '')),
      ...(entry.windowed === 'never' ? [] : [windowField(window)]),
      ...(isQuery(entry) ? [moreField(more)] : []),
      previewOf(preview, prompt),
    ],
  };
}

function previewOf(preview: FormPreview, prompt: string): RichTextBlock {
  return 'line' in preview
    ? lineWithCode('This asks:', `${prompt}${preview.line}`)
    : plainLine(preview.problem);
}

function entryField(entry: Entry, catalog: readonly Entry[]): InputBlock {
  const offered = catalog.filter((each) => isQuery(each) || each === entry);
  const groups = tasksOf(offered).map(({ title, entries }) => ({
    label: plain(title),
    options: entries.map(entryOption),
  }));
  const typed = { label: plain('Or'), options: [option(TYPED_LINE, 'A line that I type')] };
  return {
    type: 'input',
    block_id: ENTRY_FORM.entry,
    label: plain('What do you want to know?'),
    dispatch_action: true,
    element: {
      type: 'static_select',
      action_id: ENTRY_FORM.entry,
      option_groups: [...groups, typed],
      initial_option: entryOption(entry),
    },
  };
}

function entryOption({ name, summary }: Entry): SelectOption {
  return option(name, `${name}: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`);
}

function argumentField(name: string, arg: Arg<unknown>, value: string): InputBlock {
  const id = `${ENTRY_FORM.argument}${name}`;
  const about = arg.about.split(/[:;]/)[0] ?? arg.about;
  return {
    type: 'input',
    block_id: id,
    label: plain(cut(labelOf(name, arg), LIMITS.inputLabel)),
    optional: !arg.required,
    dispatch_action: true,
    element:
      arg.choices === undefined
        ? textInput(id, value, `${about}, such as ${arg.example}`)
        : choiceInput(id, arg.choices, value, arg.required),
  };
}

/** `Address`, `Client`, `Port`: the hint where it says more than the name that is typed in a line. */
function labelOf(name: string, { hint, place }: Arg<unknown>): string {
  const shown = place === 'bare' && !hint.includes('|') && hint !== 'n' ? hint : name;
  const spelled = LABELS[name] ?? shown;
  return `${spelled.charAt(0).toUpperCase()}${spelled.slice(1)}`;
}

/** Names of arguments that are abbreviations in a line. */
const LABELS: Readonly<Record<string, string>> = {
  a: 'address or name',
  b: 'other address or name',
  addr: 'address or name',
  src: 'source',
  dst: 'destination',
  proto: 'protocol',
  eni: 'network interface',
  top: 'rows',
};

function choiceInput(id: string, choices: readonly string[], value: string, required: boolean): StaticSelect {
  const offered = [...(required ? [] : [ANY_VALUE]), ...choices].map((choice) => option(choice, choice));
  const initial = offered.find((each) => each.value === value);
  return {
    type: 'static_select',
    action_id: id,
    options: offered,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

function windowField(window: string): InputBlock {
  return {
    type: 'input',
    block_id: ENTRY_FORM.window,
    label: plain('When'),
    hint: plain('The last hour when left empty. Times are in your time zone.'),
    optional: true,
    dispatch_action: true,
    element: textInput(ENTRY_FORM.window, window, 'last 1h · since 14:05 · around 14:05 15m · yesterday'),
  };
}

function moreField(more: string): InputBlock {
  return {
    type: 'input',
    block_id: ENTRY_FORM.more,
    label: plain('Which flow logs, and what it may cost'),
    optional: true,
    dispatch_action: true,
    element: textInput(ENTRY_FORM.more, more, 'region=eu-central-1 vpc=vpc-… spend=0.50'),
  };
}

function textInput(id: string, value: string, placeholder: string): InputBlock['element'] {
  return {
    type: 'plain_text_input',
    action_id: id,
    max_length: LONGEST_VALUE,
    placeholder: plain(cut(placeholder, LIMITS.placeholder)),
    dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
    ...(value === '' ? {} : { initial_value: cut(value, LONGEST_VALUE) }),
  };
}

/** A line has at most a thousand characters. */
const LONGEST_VALUE = 500;

function option(value: string, text: string): SelectOption {
  return { text: plain(cut(text, LIMITS.optionText)), value: cut(value, LIMITS.optionText) };
}

function plain(text: string) {
  return { type: 'plain_text' as const, text };
}
