import { structuredArgument, textArgument } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { ApiMethod } from '../api-method.ts';
import { readView } from './read-view.ts';
import { showView } from './show-view.ts';

/** Replaces what an open modal shows. A stale `hash` means that somebody else was faster. */
export const viewsUpdate: ApiMethod = {
  name: 'views.update',
  token: 'bot',
  scopes: [],
  call(args, { world }) {
    const view = readView(structuredArgument(args, 'view', 'invalid_arguments'), world);
    const id = textArgument(args, 'view_id');
    const externalId = textArgument(args, 'external_id');
    const open = world.views.find((one) =>
      id ? one.id === id : Boolean(externalId) && one.externalId === externalId,
    );
    if (!open) throw new ApiError('not_found');
    const hash = textArgument(args, 'hash');
    if (hash && hash !== open.view.hash) throw new ApiError('hash_conflict');
    const replaced = { ...view, id: open.view.id };
    world.views.replace(replaced);
    return { view: showView(replaced, world) };
  },
};
