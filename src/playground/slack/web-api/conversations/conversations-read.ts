import type { PlaygroundChannel, PlaygroundMessage } from '../../protocol.ts';
import { type ApiArguments, requiredText, textArgument } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { ApiMethod, MethodContext } from '../api-method.ts';
import { showMessage } from '../chat/show-message.ts';
import { joinedChannel, requireReadScope } from '../reach-channel.ts';

/** A thread, parent first. */
export const conversationsReplies: ApiMethod = {
  name: 'conversations.replies',
  token: 'bot',
  scopes: [],
  call(args, context) {
    const channel = readableChannel(args, context);
    const parent = context.world.messages.find(channel.id, requiredText(args, 'ts'));
    if (!parent || parent.onlyFor) throw new ApiError('thread_not_found');
    const threadTs = parent.threadTs ?? parent.ts;
    const messages = context.world.messages
      .list(channel.id, { threadTs })
      .filter((message) => !message.onlyFor);
    return page(messages, args, context);
  },
};

/** The latest messages of a channel, newest first, without the replies of threads. */
export const conversationsHistory: ApiMethod = {
  name: 'conversations.history',
  token: 'bot',
  scopes: [],
  call(args, context) {
    const channel = readableChannel(args, context);
    const messages = context.world.messages
      .list(channel.id)
      .filter((message) => !message.onlyFor && (!message.threadTs || message.broadcast));
    return page(messages.toReversed(), args, context);
  },
};

function readableChannel(args: ApiArguments, context: MethodContext): PlaygroundChannel {
  const channel = joinedChannel(args, context);
  requireReadScope(channel, 'history', context);
  return channel;
}

/** Cuts one page out of a list; the cursor is the position after it. */
function page(messages: readonly PlaygroundMessage[], args: ApiArguments, context: MethodContext) {
  const oldest = Number(textArgument(args, 'oldest') ?? 0);
  const latest = Number(textArgument(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const inWindow = messages.filter((message) => Number(message.ts) > oldest && Number(message.ts) < latest);
  const start = Number(textArgument(args, 'cursor') ?? 0);
  const end = start + Number(textArgument(args, 'limit') ?? inWindow.length);
  const hasMore = end < inWindow.length;
  return {
    messages: inWindow.slice(start, end).map((message) => showMessage(message, context.world)),
    has_more: hasMore,
    ...(hasMore && { response_metadata: { next_cursor: String(end) } }),
  };
}
