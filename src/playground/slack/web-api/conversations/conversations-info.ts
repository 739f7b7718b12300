import type { ApiMethod } from '../api-method.ts';
import { requireReadScope, seeChannel } from '../reach-channel.ts';

/** What a channel is. */
export const conversationsInfo: ApiMethod = {
  name: 'conversations.info',
  token: 'bot',
  scopes: [],
  call(args, context) {
    const channel = seeChannel(args, context);
    requireReadScope(channel, 'read', context);
    return {
      channel: {
        id: channel.id,
        name: channel.name,
        is_channel: channel.kind === 'public',
        is_group: channel.kind === 'private',
        is_im: channel.kind === 'dm',
        is_private: channel.kind !== 'public',
        is_archived: channel.archived,
        is_member: channel.botIsMember,
        ...(channel.kind === 'dm' && { user: channel.members[0] }),
      },
    };
  },
};
