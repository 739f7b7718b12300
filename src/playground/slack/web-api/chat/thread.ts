import type { PlaygroundChannel } from '../../protocol.ts';
import { type ApiArguments, textArgument } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { MethodContext } from '../api-method.ts';

/** The thread of the arguments, if there is one and its parent exists. A reply as `thread_ts` leads to its parent. */
export function readThread(
  args: ApiArguments,
  channel: PlaygroundChannel,
  context: MethodContext,
): { readonly threadTs?: string } {
  const ts = textArgument(args, 'thread_ts');
  if (!ts) return {};
  const parent = context.world.messages.find(channel.id, ts);
  if (!parent || parent.onlyFor) throw new ApiError('thread_not_found');
  return { threadTs: parent.threadTs ?? parent.ts };
}
