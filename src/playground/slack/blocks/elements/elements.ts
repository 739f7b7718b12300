import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';
import { richText } from '../kinds/rich-text.ts';
import { actionId } from './ids.ts';
import { confirm, markupOption, plainOption } from './options.ts';
import { plainText } from './text-objects.ts';

const focus = { focus_on_load: z.boolean().optional() };
const placeholder = plainText(PLAYGROUND_LIMITS.placeholder).optional();
const style = z.enum(['primary', 'danger']).optional();
const label = z.string().min(1).max(PLAYGROUND_LIMITS.accessibilityLabel).optional();
const dispatch = z
  .strictObject({
    trigger_actions_on: z
      .array(z.enum(['on_enter_pressed', 'on_character_entered']))
      .min(1)
      .optional(),
  })
  .optional();
const fewOptions = z.array(markupOption).min(1).max(PLAYGROUND_LIMITS.smallOptions);

/** A button; the one element of which a message may hold many. */
export const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plainText(PLAYGROUND_LIMITS.buttonText),
  value: z.string().max(PLAYGROUND_LIMITS.buttonValue).optional(),
  url: z.string().max(PLAYGROUND_LIMITS.buttonUrl).optional(),
  style,
  confirm,
  accessibility_label: label,
});

/** Elements of rows of actions and of sections, besides the selects. */
export const actionElements = [
  button,
  z.strictObject({
    type: z.literal('workflow_button'),
    action_id: actionId,
    text: plainText(PLAYGROUND_LIMITS.buttonText),
    workflow: z.looseObject({ trigger: z.looseObject({ url: z.string() }) }),
    style,
    confirm,
    accessibility_label: label,
  }),
  z.strictObject({
    type: z.literal('overflow'),
    action_id: actionId,
    confirm,
    options: z.array(plainOption).min(1).max(PLAYGROUND_LIMITS.overflowOptions),
  }),
] as const;

/** Elements of rows of actions, of sections and of forms. */
export const sharedElements = [
  z.strictObject({
    type: z.literal('checkboxes'),
    action_id: actionId,
    ...focus,
    confirm,
    options: fewOptions,
    initial_options: z.array(markupOption).optional(),
  }),
  z.strictObject({
    type: z.literal('radio_buttons'),
    action_id: actionId,
    ...focus,
    confirm,
    options: fewOptions,
    initial_option: markupOption.optional(),
  }),
  z.strictObject({
    type: z.literal('datepicker'),
    action_id: actionId,
    ...focus,
    confirm,
    placeholder,
    initial_date: z.iso.date().optional(),
  }),
  z.strictObject({
    type: z.literal('timepicker'),
    action_id: actionId,
    ...focus,
    confirm,
    placeholder,
    initial_time: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .optional(),
    timezone: z.string().optional(),
  }),
] as const;

/** Needs a whole line: allowed in rows of actions and in forms, not beside a section. */
export const wideElements = [
  z.strictObject({
    type: z.literal('datetimepicker'),
    action_id: actionId,
    ...focus,
    confirm,
    initial_date_time: z.number().int().optional(),
  }),
  z.strictObject({
    type: z.literal('rich_text_input'),
    action_id: actionId,
    ...focus,
    placeholder,
    dispatch_action_config: dispatch,
    initial_value: richText.optional(),
    min_lines: z.number().int().optional(),
    max_lines: z.number().int().optional(),
  }),
] as const;

const typed = { action_id: actionId, ...focus, placeholder, dispatch_action_config: dispatch };

/** Elements of forms alone. */
export const formElements = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(PLAYGROUND_LIMITS.plainTextInput).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(PLAYGROUND_LIMITS.plainTextInput).optional(),
    max_length: z.number().int().min(1).max(PLAYGROUND_LIMITS.plainTextInput).optional(),
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('file_input'),
    action_id: actionId,
    filetypes: z.array(z.string()).optional(),
    max_files: z.number().int().min(1).max(PLAYGROUND_LIMITS.fileInputs).optional(),
  }),
] as const;

const feedback = z.strictObject({
  text: plainText(PLAYGROUND_LIMITS.buttonText),
  value: z.string().max(PLAYGROUND_LIMITS.buttonValue),
  accessibility_label: label,
});

/** Elements under an answer: thumbs and the bin. */
export const contextActionElements = [
  z.strictObject({
    type: z.literal('feedback_buttons'),
    action_id: actionId,
    positive_button: feedback,
    negative_button: feedback,
  }),
  z.strictObject({
    type: z.literal('icon_button'),
    action_id: actionId,
    icon: z.literal('trash'),
    text: plainText(PLAYGROUND_LIMITS.buttonText),
    value: z.string().max(PLAYGROUND_LIMITS.buttonValue).optional(),
    confirm,
    accessibility_label: label,
    visible_to_user_ids: z.array(z.string()).optional(),
  }),
] as const;
