import { z } from 'zod';
import { LIMITS } from '../../../render/limits.ts';
import type { PlaygroundFile } from '../protocol.ts';
import { botAuthor } from '../workspace/workspace.ts';
import { joinedChannel, readThread, structuredArgument, textArgument } from './api-arguments.ts';
import { ApiError, type ApiMethod, type MethodContext } from './api-method.ts';
import { readBlocks, showFile } from './message.ts';

/** The first of three steps of an upload: a place for the bytes. */
export const filesGetUploadUrl: ApiMethod = {
  name: 'files.getUploadURLExternal',
  token: 'bot',
  scopes: ['files:write'],
  call(args, context) {
    const name = textArgument(args, 'filename');
    const declaredBytes = Number(textArgument(args, 'length') ?? 0);
    if (!name || !(declaredBytes > 0)) throw new ApiError('missing_argument');
    if (textArgument(args, 'snippet_type') && declaredBytes > LIMITS.snippetBytes)
      throw new ApiError('snippet_too_large');
    // The id is the permission to send the bytes.
    const id = `F${context.workspace.newSecret()}`;
    context.workspace.files.put({ id, name, title: name, declaredBytes, shared: false });
    return { upload_url: `${context.playgroundUrl()}/upload/${id}`, file_id: id };
  },
};

const filesSchema = z.array(z.looseObject({ id: z.string(), title: z.string().optional() })).min(1);

/** The last of three steps of an upload: shares the files, in a channel or a thread if one is named. */
export const filesCompleteUpload: ApiMethod = {
  name: 'files.completeUploadExternal',
  token: 'bot',
  scopes: ['files:write'],
  call(args, context) {
    const parsed = filesSchema.safeParse(structuredArgument(args, 'files', 'invalid_arguments'));
    if (!parsed.success) throw new ApiError('invalid_arguments');
    const destination = textArgument(args, 'channel_id') ?? textArgument(args, 'channels');
    const channel = destination ? joinedChannel({ channel: destination }, context) : undefined;
    if (channel?.archived) throw new ApiError('is_archived');
    const thread = channel ? readThread(args, channel, context) : {};
    const comment = textArgument(args, 'initial_comment') ?? '';
    const blocks = comment
      ? []
      : readBlocks(structuredArgument(args, 'blocks', 'invalid_blocks_format'), context.workspace);
    const files = parsed.data.map((file) => shareFile(file, context));
    if (channel) {
      const author = botAuthor(context.workspace);
      context.workspace.messages.add({
        channel: channel.id,
        author,
        text: comment,
        blocks,
        files,
        ...thread,
      });
    }
    return { files: files.map(showFile) };
  },
};

function shareFile(
  named: { readonly id: string; readonly title?: string | undefined },
  context: MethodContext,
): PlaygroundFile {
  const { workspace } = context;
  const file = workspace.files.find(named.id);
  if (!file?.content) throw new ApiError('file_not_found');
  if (file.shared) throw new ApiError('file_update_failed');
  const title = named.title ?? file.title;
  workspace.files.put({ ...file, title, shared: true });
  return {
    id: file.id,
    name: file.name,
    title,
    sizeBytes: file.content.length,
    url: `/playground/files/${file.id}`,
  };
}
