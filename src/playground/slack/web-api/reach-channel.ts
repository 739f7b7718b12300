import type { PlaygroundChannel } from '../protocol.ts';
import { type ApiArguments, requiredText } from './api-arguments.ts';
import { ApiError } from './api-error.ts';
import type { MethodContext } from './api-method.ts';

/** The channel of the arguments, if the app may know that it exists. A private channel without the app does not. */
export function seeChannel(args: ApiArguments, context: MethodContext): PlaygroundChannel {
  const channel = context.world.channels.find(requiredText(args, 'channel'));
  if (!channel || (channel.kind === 'private' && !channel.botIsMember))
    throw new ApiError('channel_not_found');
  return channel;
}

/** The channel of the arguments, if the app may write there. */
export function reachChannel(args: ApiArguments, context: MethodContext): PlaygroundChannel {
  const channel = seeChannel(args, context);
  if (channel.archived) throw new ApiError('is_archived');
  if (channel.botIsMember || context.scopes.includes('chat:write.public')) return channel;
  throw new ApiError('not_in_channel');
}

/** The channel of the arguments, if the app is in it: files and history need more than `chat:write.public`. */
export function joinedChannel(args: ApiArguments, context: MethodContext): PlaygroundChannel {
  const channel = seeChannel(args, context);
  if (!channel.botIsMember) throw new ApiError('not_in_channel');
  return channel;
}
