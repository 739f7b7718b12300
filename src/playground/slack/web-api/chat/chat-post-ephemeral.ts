import { LIMITS } from '../../../../render/limits.ts';
import { botAuthor } from '../../world/world.ts';
import { requiredText } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { ApiMethod } from '../api-method.ts';
import { reachChannel } from '../reach-channel.ts';
import { readContent } from './read-content.ts';
import { readThread } from './thread.ts';

/** Says something that one person alone sees; it can be neither updated nor found again. */
export const chatPostEphemeral: ApiMethod = {
  name: 'chat.postEphemeral',
  token: 'bot',
  scopes: ['chat:write'],
  call(args, context) {
    const channel = reachChannel(args, context);
    const person = requiredText(args, 'user');
    if (!channel.members.includes(person)) throw new ApiError('user_not_in_channel');
    const content = readContent(args, context.world);
    const message = context.world.messages.add({
      channel: channel.id,
      author: botAuthor(context.world),
      ...content,
      text: content.text.slice(0, LIMITS.messageTextCut),
      ...readThread(args, channel, context),
      onlyFor: person,
    });
    return { message_ts: message.ts };
  },
};
