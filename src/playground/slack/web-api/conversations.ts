import { LIMITS } from '../../../render/limits.ts';
import type { PlaygroundChannel, PlaygroundMessage } from '../protocol.ts';
import { flagArgument, joinedChannel, requiredText, textArgument } from './api-arguments.ts';
import { type ApiArguments, ApiError, type ApiMethod, type MethodContext } from './api-method.ts';
import { showMessage } from './message.ts';

/** What each kind of channel may be read with. */
const HISTORY_SCOPES = {
  public: 'channels:history',
  private: 'groups:history',
  dm: 'im:history',
} as const satisfies Readonly<Record<PlaygroundChannel['kind'], string>>;
const ANY_HISTORY: readonly string[] = Object.values(HISTORY_SCOPES);

/** The messages of a channel, newest first, without the replies in threads. */
export const conversationsHistory: ApiMethod = {
  name: 'conversations.history',
  token: 'bot',
  scopes: ANY_HISTORY,
  call(args, context) {
    const channel = readableChannel(args, context);
    const all = context.workspace.messages
      .list(channel.id)
      .filter(({ threadTs, broadcast, onlyFor }) => (!threadTs || broadcast) && !onlyFor);
    return page(all.toReversed(), args, context);
  },
};

/** The messages of a thread, its parent first. */
export const conversationsReplies: ApiMethod = {
  name: 'conversations.replies',
  token: 'bot',
  scopes: ANY_HISTORY,
  call(args, context) {
    const channel = readableChannel(args, context);
    const ts = requiredText(args, 'ts');
    const thread = context.workspace.messages
      .list(channel.id, { threadTs: ts })
      .filter(({ onlyFor }) => !onlyFor);
    if (thread.length === 0) throw new ApiError('thread_not_found');
    return page(thread, args, context);
  },
};

function readableChannel(args: ApiArguments, context: MethodContext): PlaygroundChannel {
  const channel = joinedChannel(args, context);
  const needed = HISTORY_SCOPES[channel.kind];
  if (!context.scopes.includes(needed))
    throw new ApiError('missing_scope', { needed, provided: context.scopes.join(',') });
  return channel;
}

function page(messages: readonly PlaygroundMessage[], args: ApiArguments, { workspace }: MethodContext) {
  const limit = Number(textArgument(args, 'limit') ?? LIMITS.historyPage);
  if (!(limit >= 1 && limit <= LIMITS.historyMost)) throw new ApiError('invalid_limit');
  const [oldest, latest] = [Number(textArgument(args, 'oldest') ?? 0), textArgument(args, 'latest')];
  const isInclusive = flagArgument(args, 'inclusive');
  const within = messages.filter(({ ts }) => {
    const at = Number(ts);
    const end = latest === undefined ? Number.POSITIVE_INFINITY : Number(latest);
    return isInclusive ? at >= oldest && at <= end : at > oldest && at < end;
  });
  const withMetadata = flagArgument(args, 'include_all_metadata');
  const shown = within.slice(0, limit).map((message) => {
    const { metadata, ...rest } = showMessage(message, workspace);
    return withMetadata && metadata !== undefined ? { ...rest, metadata } : rest;
  });
  return { messages: shown, has_more: within.length > limit };
}
