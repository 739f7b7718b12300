import { z } from 'zod';

const text = z.string();
/** Of a workspace or an organisation: the SDK keeps a client under each, also under what every object has. */
const team = z.string().regex(/^(?:[A-Z][A-Z0-9]{1,30})?$/);
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
    user: z.union([text, named]).optional(),
    subteam: z.looseObject({}).optional(),
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
  user: z.looseObject({ id: text, team_id: team.nullish() }),
  team: z.looseObject({ id: team, enterprise_id: team.nullish() }).nullish(),
  enterprise: z.looseObject({ id: team }).nullish(),
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
  app_installed_team_id: team.nullish(),
});
const filled = view.extend({
  state: z.looseObject({ values: z.record(text, z.record(text, value)) }),
});

const shapes = z.union([
  z.looseObject({
    type: z.literal('event_callback'),
    event_id: text,
    team_id: team.nullish(),
    enterprise_id: team.nullish(),
    authorizations: z
      .array(z.looseObject({ team_id: team.nullish(), enterprise_id: team.nullish() }))
      .optional(),
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
    team_id: team.optional(),
    enterprise_id: team.optional(),
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
