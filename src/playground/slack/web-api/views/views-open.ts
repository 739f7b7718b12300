import type { PlaygroundView } from '../../protocol.ts';
import { type ApiArguments, structuredArgument, textArgument } from '../api-arguments.ts';
import { ApiError } from '../api-error.ts';
import type { ApiMethod, MethodContext } from '../api-method.ts';
import { readView } from './read-view.ts';
import { showView } from './show-view.ts';

/** Opens a modal for whoever gave the trigger. */
export const viewsOpen: ApiMethod = {
  name: 'views.open',
  token: 'bot',
  scopes: [],
  call(args, context) {
    const { view, person } = readTriggered(args, context);
    context.world.views.clear(person);
    context.world.views.push(person, view);
    return { view: showView(view, context.world) };
  },
};

/** Puts a modal over the one that is open. */
export const viewsPush: ApiMethod = {
  name: 'views.push',
  token: 'bot',
  scopes: [],
  call(args, context) {
    const { view, person } = readTriggered(args, context);
    if (!context.world.views.push(person, view)) throw new ApiError('push_limit_reached');
    return { view: showView(view, context.world) };
  },
};

function readTriggered(
  args: ApiArguments,
  context: MethodContext,
): { readonly view: PlaygroundView; readonly person: string } {
  const { world } = context;
  const view = readView(structuredArgument(args, 'view', 'invalid_arguments'), world);
  if (view.externalId && world.views.find((one) => one.externalId === view.externalId)) {
    throw new ApiError('duplicate_external_id');
  }
  const use = world.triggers.use(textArgument(args, 'trigger_id') ?? '');
  if ('error' in use) throw new ApiError(use.error);
  return { view, person: use.person };
}
