import { structuredArgument, textArgument } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { ApiMethod } from '../api-method.ts';
import { readView } from './read-view.ts';
import { showView } from './show-view.ts';

/** Opens a modal for whoever gave the trigger. */
export const viewsOpen: ApiMethod = {
  name: 'views.open',
  token: 'bot',
  scopes: [],
  call(args, context) {
    const { world } = context;
    const view = readView(structuredArgument(args, 'view', 'invalid_arguments'), world);
    if (view.externalId && world.views.find((one) => one.externalId === view.externalId)) {
      throw new ApiError('duplicate_external_id');
    }
    const use = world.triggers.use(textArgument(args, 'trigger_id') ?? '');
    if ('error' in use) throw new ApiError(use.error);
    world.views.clear(use.person);
    world.views.push(use.person, view);
    return { view: showView(view, world) };
  },
};
