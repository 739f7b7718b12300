import type { PlaygroundChannel } from '../protocol.ts';
import { type ApiArguments, ApiError, type MethodContext } from './api-method.ts';

/** Reads the body of a Web API call. A form carries everything as text, JSON keeps its types. */
export function parseArguments(contentType: string, body: string): ApiArguments {
  if (contentType.startsWith('application/json')) return parseJsonObject(body);
  return Object.fromEntries(new URLSearchParams(body));
}

function parseJsonObject(body: string): ApiArguments {
  try {
    const parsed: unknown = JSON.parse(body === '' ? '{}' : body);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    throw new ApiError('invalid_json');
  }
  throw new ApiError('json_not_object');
}

/** A text argument; numbers and booleans become text, as in a form. */
export function textArgument(args: ApiArguments, name: string): string | undefined {
  const value = args[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A text argument that must be there and not be empty. */
export function requiredText(args: ApiArguments, name: string): string {
  const value = textArgument(args, name);
  if (value) return value;
  throw new ApiError('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
}

/** A flag: `true`, `"true"` or `"1"`. */
export function flagArgument(args: ApiArguments, name: string): boolean {
  return ['true', '1'].includes(textArgument(args, name) ?? '');
}

/** A structured argument; in a form it is JSON text. `error` is thrown where it cannot be read. */
export function structuredArgument(args: ApiArguments, name: string, error: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiError(error);
  }
}

/** The channel of the arguments, if it is visible to the app. A private channel without the app does not. */
export function seeChannel(args: ApiArguments, context: MethodContext): PlaygroundChannel {
  const channel = context.workspace.channels.find(requiredText(args, 'channel'));
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

/** The channel of the arguments, if the app is in it: files require more than `chat:write.public`. */
export function joinedChannel(args: ApiArguments, context: MethodContext): PlaygroundChannel {
  const channel = seeChannel(args, context);
  if (!channel.botIsMember) throw new ApiError('not_in_channel');
  return channel;
}

/** The thread of the arguments, if there is one and its parent exists. A reply as `thread_ts` leads to its parent. */
export function readThread(
  args: ApiArguments,
  channel: PlaygroundChannel,
  context: MethodContext,
): { readonly threadTs?: string } {
  const ts = textArgument(args, 'thread_ts');
  if (!ts) return {};
  const parent = context.workspace.messages.find(channel.id, ts);
  if (!parent || parent.onlyFor) throw new ApiError('thread_not_found');
  return { threadTs: parent.threadTs ?? parent.ts };
}
