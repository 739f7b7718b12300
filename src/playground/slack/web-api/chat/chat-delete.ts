import { requiredText } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { ApiMethod } from '../api-method.ts';
import { seeChannel } from '../reach-channel.ts';

/** Takes back a message of the app. */
export const chatDelete: ApiMethod = {
  name: 'chat.delete',
  token: 'bot',
  scopes: ['chat:write'],
  call(args, context) {
    const channel = seeChannel(args, context);
    const message = context.world.messages.find(channel.id, requiredText(args, 'ts'));
    if (!message || message.onlyFor) throw new ApiError('message_not_found');
    if (message.author.id !== context.world.bot.userId) throw new ApiError('cant_delete_message');
    context.world.messages.remove(message);
    return { channel: channel.id, ts: message.ts };
  },
};
