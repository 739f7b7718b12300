import { LIMITS } from '../../../../render/limits.ts';
import { botAuthor } from '../../world/world.ts';
import { flagArgument } from '../api-arguments.ts';
import type { ApiMethod } from '../api-method.ts';
import { reachChannel } from '../reach-channel.ts';
import { readContent } from './read-content.ts';
import { showMessage } from './show-message.ts';
import { readThread } from './thread.ts';

/** Says something in a channel or a thread. Longer text than Slack keeps is cut, with a warning. */
export const chatPostMessage: ApiMethod = {
  name: 'chat.postMessage',
  token: 'bot',
  scopes: ['chat:write'],
  call(args, context) {
    const channel = reachChannel(args, context);
    const content = readContent(args, context.world);
    const cut = content.text.length > LIMITS.messageTextCut;
    const message = context.world.messages.add({
      channel: channel.id,
      author: botAuthor(context.world),
      ...content,
      text: content.text.slice(0, LIMITS.messageTextCut),
      ...readThread(args, channel, context),
      broadcast: flagArgument(args, 'reply_broadcast'),
    });
    const warning = cut && {
      warning: 'message_truncated',
      response_metadata: { warnings: ['message_truncated'] },
    };
    return { channel: channel.id, ts: message.ts, message: showMessage(message, context.world), ...warning };
  },
};
