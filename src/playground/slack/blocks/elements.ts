import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../limits.ts';

/** Text that is shown literally, at most `max` characters and never empty. */
export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
}

/** Text in Slack's markup, at most `max` characters and never empty. */
export function mrkdwn(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
}

/** Either kind of text. */
export function textObject(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}

/** Either kind of text. */
export type SlackTextObject = z.infer<ReturnType<typeof textObject>>;

/** A field that Slack accepts and the playground refuses, with `… is not played here`. */
export function notPlayed(field: string) {
  return z
    .custom<undefined>((value) => value === undefined, { error: `${field} is not played here` })
    .optional();
}

/** Optional: a block without an id is given one. */
export const blockId = z.string().min(1).max(PLAYGROUND_LIMITS.blockId).optional();

/** Optional: an element without an id is given one. */
const actionId = z.string().min(1).max(PLAYGROUND_LIMITS.actionId).optional();

const style = z.enum(['primary', 'danger']).optional();

/** The question before a button acts. */
const confirmObject = z.strictObject({
  title: plainText(PLAYGROUND_LIMITS.confirmTitle).optional(),
  text: textObject(PLAYGROUND_LIMITS.confirmText),
  confirm: plainText(PLAYGROUND_LIMITS.confirmButton).optional(),
  deny: plainText(PLAYGROUND_LIMITS.confirmButton).optional(),
  style,
});

/** The question before a button acts. */
export type SlackConfirm = z.infer<typeof confirmObject>;

/** A button: the one element of a row of actions that is played. */
export const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plainText(PLAYGROUND_LIMITS.buttonText),
  value: z.string().max(PLAYGROUND_LIMITS.buttonValue).optional(),
  url: z.string().max(PLAYGROUND_LIMITS.buttonUrl).optional(),
  style,
  confirm: confirmObject.optional(),
  accessibility_label: z.string().min(1).max(PLAYGROUND_LIMITS.accessibilityLabel).optional(),
});

/** A button. */
export type SlackButton = z.infer<typeof button>;

/** A line or a box of text. */
export const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  focus_on_load: z.boolean().optional(),
  placeholder: plainText(PLAYGROUND_LIMITS.placeholder).optional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z
        .array(z.enum(['on_enter_pressed', 'on_character_entered']))
        .min(1)
        .optional(),
    })
    .optional(),
  initial_value: z.string().max(PLAYGROUND_LIMITS.plainTextInput).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(PLAYGROUND_LIMITS.plainTextInput).optional(),
  max_length: z.number().int().min(1).max(PLAYGROUND_LIMITS.plainTextInput).optional(),
});

/** A text field. */
type SlackPlainTextInput = z.infer<typeof plainTextInput>;

/** A choice of a menu; Slack's types and its documents give different lengths of the value, and the smaller is kept to. */
const selectOption = z.strictObject({
  text: plainText(PLAYGROUND_LIMITS.optionText),
  value: z.string().min(1).max(PLAYGROUND_LIMITS.optionText),
  description: plainText(PLAYGROUND_LIMITS.optionText).optional(),
});

/** A choice of a menu. */
export type SlackOption = z.infer<typeof selectOption>;

const selectOptions = z.array(selectOption).min(1).max(PLAYGROUND_LIMITS.selectOptions);

const select = z.strictObject({
  type: z.literal('static_select'),
  action_id: actionId,
  placeholder: plainText(PLAYGROUND_LIMITS.placeholder).optional(),
  options: selectOptions.optional(),
  option_groups: z
    .array(z.strictObject({ label: plainText(PLAYGROUND_LIMITS.optionText), options: selectOptions }))
    .min(1)
    .max(PLAYGROUND_LIMITS.optionGroups)
    .optional(),
  initial_option: selectOption.optional(),
  focus_on_load: z.boolean().optional(),
  confirm: notPlayed('confirm'),
});

/** A menu whose choices come with it. */
export const staticSelect = select
  .refine(({ options, option_groups }) => (options === undefined) !== (option_groups === undefined), {
    error: 'must have one of options and option_groups',
  })
  .refine(isOffered, { error: 'initial_option is not one of the options' });

/** A menu whose choices come with it. */
export type SlackStaticSelect = z.infer<typeof select>;

/** All choices of a menu, in their order. */
export function optionsOf({
  options = [],
  option_groups = [],
}: Pick<SlackStaticSelect, 'options' | 'option_groups'>): readonly SlackOption[] {
  return [...options, ...option_groups.flatMap((group) => group.options)];
}

/** Slack compares the whole choice, not its value alone. */
function isOffered({ initial_option: initial, ...offered }: SlackStaticSelect): boolean {
  if (initial === undefined) return true;
  return optionsOf(offered).some(
    ({ value, text }) => value === initial.value && text.text === initial.text.text,
  );
}

/** What is filled in. */
export type SlackField = SlackPlainTextInput | SlackStaticSelect;

/** What a person can press or fill in. */
export type SlackElement = SlackButton | SlackField;
