import type { PlaygroundFile, PlaygroundMessage } from '../../protocol.ts';
import type { World } from '../../world/world.ts';

/** A message as the Web API and the interaction payloads show it. */
export function showMessage(message: PlaygroundMessage, world: World): Readonly<Record<string, unknown>> {
  const replies = world.messages
    .list(message.channel, { threadTs: message.ts })
    .filter((reply) => reply.ts !== message.ts && !reply.onlyFor);
  const isBot = message.author.kind === 'bot';
  return {
    type: 'message',
    user: message.author.id,
    ...(isBot && { bot_id: world.bot.botId, app_id: world.bot.appId }),
    text: message.text,
    ts: message.ts,
    team: world.team.id,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.files.length > 0 && { files: message.files.map(showFile) }),
    ...(message.threadTs && { thread_ts: message.threadTs, parent_user_id: parentAuthor(message, world) }),
    ...(replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: replies.length,
      latest_reply: replies.at(-1)?.ts,
    }),
    ...(message.edited && { edited: { user: message.author.id, ts: message.ts } }),
    ...(message.metadata !== undefined && { metadata: message.metadata }),
  };
}

function parentAuthor(message: PlaygroundMessage, world: World): string | undefined {
  return message.threadTs ? world.messages.find(message.channel, message.threadTs)?.author.id : undefined;
}

/** A file as the Web API shows it. */
export function showFile(file: PlaygroundFile): Readonly<Record<string, unknown>> {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    size: file.sizeBytes,
    url_private: file.url,
    permalink: file.url,
  };
}
