/** What the manifest must ask for, next to the code that uses it; a test compares both. */

/** What the scope of each kind of channel lets the app read: direct messages it reads anyway. */
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'] as const;

/** Scopes that a workspace may leave out: after a crash flowlog then cannot look which of its messages were posted. */
export const OPTIONAL_SCOPES = ['channels:history', 'groups:history', 'mpim:history'] as const;

/** The Web API methods that are called, and the scope that each needs of the bot. */
export const METHOD_SCOPES = {
  'auth.test': [],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': HISTORY,
  'conversations.replies': HISTORY,
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.update': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The events that are listened to, and the scope without which Slack does not send them. */
export const EVENT_SCOPES = {
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Slash commands and shortcuts come under this scope. */
const COMMAND_SCOPE = 'commands';

/** The menu entry of a message that opens the form for its thread. */
export const MESSAGE_SHORTCUT = { callbackId: 'flowlog_ask', name: 'Ask flow logs' } as const;

/** All scopes that the manifest asks for, each once. */
export const ALL_SCOPES: readonly string[] = [
  ...new Set([COMMAND_SCOPE, ...Object.values(METHOD_SCOPES).flat(), ...Object.values(EVENT_SCOPES).flat()]),
];
