import { z } from 'zod';
import { LIMITS } from '../../../render/limits.ts';
import type { SlackBlock } from '../blocks/block.ts';
import { checkBlocks } from '../blocks/check-blocks.ts';
import { plainText } from '../blocks/elements.ts';
import { giveIds } from '../blocks/placed-elements.ts';
import { type BlockProblem, problemsOf, writeProblem } from '../blocks/problem.ts';
import type { PlaygroundView } from '../protocol.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { structuredArgument, textArgument } from './api-arguments.ts';
import { ApiError, type ApiMethod } from './api-method.ts';

/** Opens a modal for the person of the trigger. */
export const viewsOpen: ApiMethod = {
  name: 'views.open',
  token: 'bot',
  scopes: [],
  call(args, context) {
    const { workspace } = context;
    const view = readView(structuredArgument(args, 'view', 'invalid_arguments'), workspace);
    if (view.externalId && workspace.views.find((one) => one.externalId === view.externalId)) {
      throw new ApiError('duplicate_external_id');
    }
    const use = workspace.triggers.use(textArgument(args, 'trigger_id') ?? '');
    if ('error' in use) throw new ApiError(use.error);
    workspace.views.clear(use.person);
    workspace.views.push(use.person, view);
    return { view: showView(view, workspace) };
  },
};

const modal = z.strictObject({
  type: z.literal('modal'),
  title: plainText(LIMITS.modalTitle),
  blocks: z.unknown(),
  submit: plainText(LIMITS.modalButton).optional(),
  close: plainText(LIMITS.modalButton).optional(),
  private_metadata: z.string().max(LIMITS.privateMetadata).optional(),
  callback_id: z.string().max(LIMITS.callbackId).optional(),
  external_id: z.string().max(LIMITS.callbackId).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

/** Reads and checks a modal; its id and hash are new. */
export function readView(value: unknown, workspace: Workspace): PlaygroundView {
  const parsed = modal.safeParse(value, { reportInput: true });
  if (!parsed.success) throw refusal(problemsOf(parsed.error, '/view'));
  const view = parsed.data;
  const checked = checkBlocks(view.blocks, 'modal', '/view/blocks');
  if (!checked.ok) throw refusal(checked.problems);
  if (!view.submit && hasInput(checked.blocks)) {
    throw refusal([
      { pointer: '/view', message: 'missing required field: submit, because of an input block' },
    ]);
  }
  return {
    id: workspace.newId('V'),
    hash: workspace.newId('h'),
    callbackId: view.callback_id ?? '',
    title: view.title.text,
    ...(view.submit && { submit: view.submit.text }),
    close: view.close?.text ?? 'Cancel',
    blocks: giveIds(checked.blocks, workspace.newId),
    privateMetadata: view.private_metadata ?? '',
    externalId: view.external_id ?? '',
    notifyOnClose: view.notify_on_close ?? false,
    errors: {},
  };
}

function hasInput(blocks: readonly SlackBlock[]): boolean {
  return blocks.some((block) => block.type === 'input');
}

function refusal(problems: readonly BlockProblem[]): ApiError {
  return new ApiError('invalid_arguments', { response_metadata: { messages: problems.map(writeProblem) } });
}

/**
 * Changes a modal that is open: what was filled in stays in the fields that stay. With a hash only as long as it is the
 * newest version of it.
 */
export const viewsUpdate: ApiMethod = {
  name: 'views.update',
  token: 'bot',
  scopes: [],
  call(args, { workspace }) {
    const [id, externalId] = [textArgument(args, 'view_id'), textArgument(args, 'external_id')];
    if (!id && !externalId) throw new ApiError('invalid_arguments');
    const found = workspace.views.find((one) => (id ? one.id === id : one.externalId === externalId));
    const next = readView(structuredArgument(args, 'view', 'invalid_arguments'), workspace);
    if (!found) throw new ApiError('not_found');
    const hash = textArgument(args, 'hash');
    if (hash && hash !== found.view.hash) throw new ApiError('hash_conflict');
    const view = { ...next, id: found.view.id };
    workspace.views.replace(view);
    return { view: showView(view, workspace) };
  },
};

/** A modal as the Web API and the interaction payloads show it. `values` is what a person has filled in. */
export function showView(
  view: PlaygroundView,
  workspace: Workspace,
  values: Readonly<Record<string, unknown>> = {},
) {
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
  return {
    id: view.id,
    team_id: workspace.team.id,
    app_id: workspace.bot.appId,
    bot_id: workspace.bot.botId,
    type: 'modal',
    title: plain(view.title),
    submit: view.submit ? plain(view.submit) : null,
    close: plain(view.close),
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    external_id: view.externalId,
    notify_on_close: view.notifyOnClose,
    clear_on_close: false,
    hash: view.hash,
    state: { values },
    root_view_id: view.id,
    previous_view_id: null,
  };
}
