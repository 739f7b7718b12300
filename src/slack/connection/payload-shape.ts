import { z } from 'zod';

const text = z.string();
const named = z.looseObject({ id: text });
const channel = z.union([text, named]);

/**
 * An event. Those that are listened to must have what Slack always gives them; of the others only what the SDK reads
 * of each event.
 */
const event = z
  .looseObject({
    type: text,
    channel: channel.optional(),
    channel_id: text.optional(),
    item: z.looseObject({}).optional(),
    user: z.union([text, named]).nullish(),
    text: text.nullish(),
    ts: text.nullish(),
    thread_ts: text.nullish(),
    bot_id: text.nullish(),
  })
  .refine(
    ({ type, ...told }) => type !== 'app_mention' || [told.channel, told.text, told.ts].every(isText),
    'a mention says where and what',
  );

const person = {
  user: named,
  team: z.looseObject({ id: text }).nullish(),
  channel: named.optional(),
  response_url: text.optional(),
  trigger_id: text.optional(),
  is_enterprise_install: z.union([z.boolean(), text]).optional(),
};

const value = z.looseObject({ value: text.nullish() });
const view = z.looseObject({
  id: text,
  callback_id: text,
  private_metadata: text.optional(),
});
const filled = view.extend({
  state: z.looseObject({ values: z.record(text, z.record(text, value)) }),
});

const shapes = z.union([
  z.looseObject({
    type: z.literal('event_callback'),
    event_id: text,
    team_id: text.optional(),
    authorizations: z.array(z.looseObject({})).optional(),
    event,
  }),
  z.looseObject({ type: z.literal('url_verification'), challenge: text }),
  z.looseObject({ type: z.literal('app_rate_limited') }),
  z.looseObject({
    type: z.undefined().optional(),
    command: text,
    text,
    user_id: text,
    channel_id: text,
    trigger_id: text,
    response_url: text,
    team_id: text.optional(),
    enterprise_id: text.optional(),
    is_enterprise_install: text.optional(),
  }),
  z.looseObject({
    ...person,
    type: z.literal('block_actions'),
    actions: z.array(z.looseObject({ action_id: text })).min(1),
  }),
  z.looseObject({ ...person, type: z.literal('block_suggestion'), action_id: text }),
  z.looseObject({ ...person, type: z.enum(['shortcut', 'message_action']), callback_id: text }),
  z.looseObject({
    ...person,
    type: z.literal('view_submission'),
    view: filled,
    response_urls: z.array(z.looseObject({ response_url: text })).optional(),
  }),
  z.looseObject({ ...person, type: z.literal('view_closed'), view }),
  z.looseObject({ type: z.undefined().optional(), ssl_check: z.literal('1') }),
]);

/** What of Slack's kinds of payload a body is; undefined for what Slack does not send. */
export type PayloadKind = z.infer<typeof shapes>['type'] | 'command';

/** Reads of which kind a payload is. Nothing else of it is believed: listeners read it with schemas of their own. */
export function payloadKind(body: unknown): PayloadKind | undefined {
  const read = shapes.safeParse(body);
  return read.success ? (read.data.type ?? 'command') : undefined;
}

function isText(found: unknown): boolean {
  return typeof found === 'string';
}
