import { LIMITS } from '../../../../render/limits.ts';
import { textArgument } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { ApiMethod } from '../api-method.ts';

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
    // Whoever knows the id may send the bytes.
    const id = `F${context.world.newSecret()}`;
    context.world.files.put({ id, name, title: name, declaredBytes, shared: false });
    return { upload_url: `${context.playgroundUrl()}/upload/${id}`, file_id: id };
  },
};
