import { z } from 'zod';

const TEXT = z.string();
/** The id of a workspace or an organisation. The SDK keys its clients by it, also by names that every object has. */
const TEAM = z.string().regex(/^(?:[A-Z][A-Z0-9]{1,30})?$/);
const NAMED = z.looseObject({ id: TEXT });
const CHANNEL = z.union([TEXT, NAMED]);

/**
 * An event. Those that are listened to must have what Slack always gives them; of the others only what the SDK reads
 * of each event.
 */
const EVENT = z
  .looseObject({
    type: TEXT,
    channel: CHANNEL.optional(),
    channel_id: TEXT.optional(),
    item: z.looseObject({}).optional(),
    user: z.union([TEXT, NAMED]).optional(),
    subteam: z.looseObject({}).optional(),
    text: TEXT.nullish(),
    ts: TEXT.nullish(),
    thread_ts: TEXT.nullish(),
    bot_id: TEXT.nullish(),
  })
  .refine(
    ({ type, channel, text, ts }) => type !== 'app_mention' || [channel, text, ts].every(isText),
    'a mention says where and what',
  );

const PERSON = {
  user: z.looseObject({ id: TEXT, team_id: TEAM.nullish() }),
  team: z.looseObject({ id: TEAM, enterprise_id: TEAM.nullish() }).nullish(),
  enterprise: z.looseObject({ id: TEAM }).nullish(),
  channel: NAMED.optional(),
  response_url: TEXT.optional(),
  trigger_id: TEXT.optional(),
  is_enterprise_install: z.union([z.boolean(), TEXT]).optional(),
};

const VALUE = z.looseObject({ value: TEXT.nullish() });
const VIEW = z.looseObject({
  id: TEXT,
  callback_id: TEXT,
  private_metadata: TEXT.optional(),
  app_installed_team_id: TEAM.nullish(),
});
const FILLED_VIEW = VIEW.extend({
  state: z.looseObject({ values: z.record(TEXT, z.record(TEXT, VALUE)) }),
});

const SHAPES = z.union([
  z.looseObject({
    type: z.literal('event_callback'),
    event_id: TEXT,
    team_id: TEAM.nullish(),
    enterprise_id: TEAM.nullish(),
    authorizations: z
      .array(z.looseObject({ team_id: TEAM.nullish(), enterprise_id: TEAM.nullish() }))
      .optional(),
    event: EVENT,
  }),
  z.looseObject({ type: z.literal('url_verification'), challenge: TEXT }),
  z.looseObject({ type: z.literal('app_rate_limited') }),
  z.looseObject({
    type: z.undefined().optional(),
    command: TEXT,
    text: TEXT,
    user_id: TEXT,
    channel_id: TEXT,
    trigger_id: TEXT,
    response_url: TEXT,
    team_id: TEAM.optional(),
    enterprise_id: TEAM.optional(),
    is_enterprise_install: TEXT.optional(),
  }),
  z.looseObject({
    ...PERSON,
    type: z.literal('block_actions'),
    actions: z.array(z.looseObject({ action_id: TEXT })).min(1),
  }),
  z.looseObject({ ...PERSON, type: z.literal('block_suggestion'), action_id: TEXT }),
  z.looseObject({ ...PERSON, type: z.enum(['shortcut', 'message_action']), callback_id: TEXT }),
  z.looseObject({
    ...PERSON,
    type: z.literal('view_submission'),
    view: FILLED_VIEW,
    response_urls: z.array(z.looseObject({ response_url: TEXT })).optional(),
  }),
  z.looseObject({ ...PERSON, type: z.literal('view_closed'), view: VIEW }),
  z.looseObject({ type: z.undefined().optional(), ssl_check: z.literal('1') }),
]);

/** What of Slack's kinds of payload a body is; undefined for what Slack does not send. */
type PayloadKind = z.infer<typeof SHAPES>['type'] | 'command';

/** Reads of which kind a payload is. Nothing else is taken from it: listeners read it with their own schemas. */
export function payloadKind(body: unknown): PayloadKind | undefined {
  const read = SHAPES.safeParse(body);
  return read.success ? (read.data.type ?? 'command') : undefined;
}

function isText(found: unknown): boolean {
  return typeof found === 'string';
}
