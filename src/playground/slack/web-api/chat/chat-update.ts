import { LIMITS } from '../../../../render/limits.ts';
import { requiredText } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { ApiMethod } from '../api-method.ts';
import { seeChannel } from '../reach-channel.ts';
import { readContent } from './read-content.ts';
import { showMessage } from './show-message.ts';

/** Rewrites a message of the app. Blocks that are not given again are dropped, metadata is kept. */
export const chatUpdate: ApiMethod = {
  name: 'chat.update',
  token: 'bot',
  scopes: ['chat:write'],
  call(args, context) {
    const { world } = context;
    const channel = seeChannel(args, context);
    if (channel.archived) throw new ApiError('is_archived');
    const message = world.messages.find(channel.id, requiredText(args, 'ts'));
    if (!message || message.onlyFor) throw new ApiError('message_not_found');
    if (message.author.id !== world.bot.userId) throw new ApiError('cant_update_message');
    const content = readContent(args, world);
    if (content.text.length > LIMITS.messageText) throw new ApiError('msg_too_long');
    const changed = world.messages.change(message, content);
    return { channel: channel.id, ts: changed.ts, text: changed.text, message: showMessage(changed, world) };
  },
};
