import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';
import { actionId } from './ids.ts';
import { confirm, optionGroups, plainOption } from './options.ts';
import { plainText } from './text-objects.ts';

const shared = {
  action_id: actionId,
  confirm,
  focus_on_load: z.boolean().optional(),
  placeholder: plainText(PLAYGROUND_LIMITS.placeholder).optional(),
};
const several = { max_selected_items: z.number().int().min(1).optional() };
const choices = {
  options: z.array(plainOption).min(1).max(PLAYGROUND_LIMITS.selectOptions).optional(),
  option_groups: optionGroups.optional(),
};
const filter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();
const conversations = { default_to_current_conversation: z.boolean().optional(), filter };
const text = z.string().optional();
const query = { min_query_length: z.number().int().min(0).optional() };

function hasOneSetOfOptions(select: { options?: unknown; option_groups?: unknown }): boolean {
  return (select.options === undefined) !== (select.option_groups === undefined);
}
const oneSet = { error: 'exactly one of options and option_groups is required' };

/** Menus that take one choice. */
export const selects = [
  z
    .strictObject({
      type: z.literal('static_select'),
      ...shared,
      ...choices,
      initial_option: plainOption.optional(),
    })
    .refine(hasOneSetOfOptions, oneSet),
  z.strictObject({
    type: z.literal('external_select'),
    ...shared,
    ...query,
    initial_option: plainOption.optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...shared, initial_user: text }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...shared,
    initial_channel: text,
    response_url_enabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...shared,
    ...conversations,
    initial_conversation: text,
    response_url_enabled: z.boolean().optional(),
  }),
] as const;

/** Menus that take several choices. */
export const multiSelects = [
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...shared,
      ...several,
      ...choices,
      initial_options: z.array(plainOption).optional(),
    })
    .refine(hasOneSetOfOptions, oneSet),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...shared,
    ...several,
    ...query,
    initial_options: z.array(plainOption).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...shared,
    ...several,
    initial_users: z.array(z.string()).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...shared,
    ...several,
    initial_channels: z.array(z.string()).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...shared,
    ...several,
    ...conversations,
    initial_conversations: z.array(z.string()).optional(),
  }),
] as const;
