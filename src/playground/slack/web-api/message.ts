import { LIMITS } from '../../../render/limits.ts';
import type { SlackBlock } from '../blocks/block.ts';
import { checkBlocks, hasSeveralTables } from '../blocks/check-blocks.ts';
import { giveIds } from '../blocks/placed-elements.ts';
import { writeProblem } from '../blocks/problem.ts';
import type { PlaygroundFile, PlaygroundMessage } from '../protocol.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { structuredArgument, textArgument } from './api-arguments.ts';
import { type ApiArguments, ApiError } from './api-method.ts';

/** The content of a message. */
interface MessageContent {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly metadata?: unknown;
}

/** Reads and checks text, blocks and metadata of a message. */
export function readContent(args: ApiArguments, workspace: Workspace): MessageContent {
  const text = textArgument(args, 'text') ?? '';
  const blocks = readBlocks(structuredArgument(args, 'blocks', 'invalid_blocks_format'), workspace);
  if (text.trim() === '' && blocks.length === 0) throw new ApiError('no_text');
  const metadata = structuredArgument(args, 'metadata', 'invalid_metadata_format');
  checkMetadata(metadata);
  return { text, blocks, ...(metadata !== undefined && { metadata }) };
}

/** Checks blocks of a message and gives them ids; throws Slack's error for what is wrong with them. */
export function readBlocks(value: unknown, workspace: Workspace): readonly SlackBlock[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new ApiError('invalid_blocks_format');
  if (value.length > LIMITS.messageBlocks) {
    throw refusal('msg_blocks_too_many', [
      `[ERROR] no more than ${LIMITS.messageBlocks} items allowed [json-pointer:/blocks]`,
    ]);
  }
  const checked = checkBlocks(value, 'message');
  if (!checked.ok) throw refusal('invalid_blocks', checked.problems.map(writeProblem));
  if (hasSeveralTables(checked.blocks))
    throw refusal('invalid_attachments', ['[ERROR] only_one_table_allowed']);
  return giveIds(checked.blocks, workspace.newId);
}

function checkMetadata(metadata: unknown): void {
  if (metadata === undefined) return;
  if (
    typeof metadata !== 'object' ||
    metadata === null ||
    !('event_type' in metadata) ||
    !('event_payload' in metadata)
  ) {
    throw new ApiError('invalid_metadata_format');
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > LIMITS.metadataBytes)
    throw new ApiError('metadata_too_large');
}

function refusal(error: string, messages: readonly string[]): ApiError {
  return new ApiError(error, {
    errors: messages.map((message) => message.replace(/^\[ERROR\] /, '')),
    response_metadata: { messages },
  });
}

/** A message as the Web API and the interaction payloads show it. */
export function showMessage(
  message: PlaygroundMessage,
  workspace: Workspace,
): Readonly<Record<string, unknown>> {
  const replies = workspace.messages
    .list(message.channel, { threadTs: message.ts })
    .filter((reply) => reply.ts !== message.ts && !reply.onlyFor);
  const { kind, id } = message.author;
  const isOurs = id === workspace.bot.userId;
  return {
    type: 'message',
    user: message.author.id,
    ...(isOurs && { bot_id: workspace.bot.botId, app_id: workspace.bot.appId }),
    ...(kind === 'bot' && !isOurs && { bot_id: id.replace('U', 'B') }),
    text: message.text,
    ts: message.ts,
    team: workspace.team.id,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.files.length > 0 && { files: message.files.map(showFile) }),
    ...(message.threadTs && {
      thread_ts: message.threadTs,
      parent_user_id: parentAuthor(message, workspace),
    }),
    ...(replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: replies.length,
      latest_reply: replies.at(-1)?.ts,
    }),
    ...(message.edited && { edited: { user: message.author.id, ts: message.ts } }),
    ...(message.metadata !== undefined && { metadata: message.metadata }),
  };
}

function parentAuthor(message: PlaygroundMessage, workspace: Workspace): string | undefined {
  return message.threadTs ? workspace.messages.find(message.channel, message.threadTs)?.author.id : undefined;
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
