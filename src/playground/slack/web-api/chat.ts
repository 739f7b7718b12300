import { LIMITS } from '../../../render/limits.ts';
import type { PlaygroundChannel, PlaygroundMessage } from '../protocol.ts';
import { botAuthor } from '../workspace/workspace.ts';
import { flagArgument, reachChannel, readThread, requiredText, seeChannel } from './api-arguments.ts';
import { type ApiArguments, ApiError, type ApiMethod, type MethodContext } from './api-method.ts';
import { readContent, showMessage } from './message.ts';

/** Posts a message in a channel or a thread. Longer text than Slack keeps is cut, with a warning. */
export const chatPostMessage: ApiMethod = {
  name: 'chat.postMessage',
  token: 'bot',
  scopes: ['chat:write'],
  call(args, context) {
    const channel = reachChannel(args, context);
    const broadcast = flagArgument(args, 'reply_broadcast');
    const { message, isCut } = post(args, channel, context, { broadcast });
    const warning = isCut && {
      warning: 'message_truncated',
      response_metadata: { warnings: ['message_truncated'] },
    };
    return {
      channel: channel.id,
      ts: message.ts,
      message: showMessage(message, context.workspace),
      ...warning,
    };
  },
};

/** Posts a message that one person alone sees; it can be neither updated nor found again. */
export const chatPostEphemeral: ApiMethod = {
  name: 'chat.postEphemeral',
  token: 'bot',
  scopes: ['chat:write'],
  call(args, context) {
    const channel = reachChannel(args, context);
    const person = requiredText(args, 'user');
    if (!channel.members.includes(person)) throw new ApiError('user_not_in_channel');
    const { message } = post(args, channel, context, { onlyFor: person });
    return { message_ts: message.ts };
  },
};

/** Posts the content of the arguments; text beyond what Slack keeps is cut. */
function post(
  args: ApiArguments,
  channel: PlaygroundChannel,
  context: MethodContext,
  more: { readonly broadcast: boolean } | { readonly onlyFor: string },
): { readonly message: PlaygroundMessage; readonly isCut: boolean } {
  const { workspace } = context;
  const content = readContent(args, workspace);
  const message = workspace.messages.add({
    channel: channel.id,
    author: botAuthor(workspace),
    ...content,
    text: content.text.slice(0, LIMITS.messageTextCut),
    ...readThread(args, channel, context),
    ...more,
  });
  return { message, isCut: content.text.length > LIMITS.messageTextCut };
}

/** Rewrites a message of the app. Blocks that are not given again are dropped, metadata is kept. */
export const chatUpdate: ApiMethod = {
  name: 'chat.update',
  token: 'bot',
  scopes: ['chat:write'],
  call(args, context) {
    const { workspace } = context;
    const channel = seeChannel(args, context);
    if (channel.archived) throw new ApiError('is_archived');
    const message = workspace.messages.find(channel.id, requiredText(args, 'ts'));
    if (!message || message.onlyFor) throw new ApiError('message_not_found');
    if (message.author.id !== workspace.bot.userId) throw new ApiError('cant_update_message');
    const content = readContent(args, workspace);
    if (content.text.length > LIMITS.messageText) throw new ApiError('msg_too_long');
    const changed = workspace.messages.change(message, content);
    return {
      channel: channel.id,
      ts: changed.ts,
      text: changed.text,
      message: showMessage(changed, workspace),
    };
  },
};

/** The address of a message; the page opens it. */
export const chatGetPermalink: ApiMethod = {
  name: 'chat.getPermalink',
  token: 'bot',
  scopes: [],
  call(args, context) {
    const channel = seeChannel(args, context);
    const message = context.workspace.messages.find(channel.id, requiredText(args, 'message_ts'));
    if (!message || message.onlyFor) throw new ApiError('message_not_found');
    const address = `${context.playgroundUrl()}/archives/${channel.id}/p${message.ts.replace('.', '')}`;
    const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
    return { channel: channel.id, permalink: address + thread };
  },
};
