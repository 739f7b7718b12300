import { requiredText } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { ApiMethod } from '../api-method.ts';
import { seeChannel } from '../reach-channel.ts';

/** The address of a message; the desk's page opens it. */
export const chatGetPermalink: ApiMethod = {
  name: 'chat.getPermalink',
  token: 'bot',
  scopes: [],
  call(args, context) {
    const channel = seeChannel(args, context);
    const message = context.world.messages.find(channel.id, requiredText(args, 'message_ts'));
    if (!message || message.onlyFor) throw new ApiError('message_not_found');
    const address = `${context.playgroundUrl()}/archives/${channel.id}/p${message.ts.replace('.', '')}`;
    const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
    return { channel: channel.id, permalink: address + thread };
  },
};
