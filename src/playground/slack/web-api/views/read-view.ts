import { z } from 'zod';
import { LIMITS } from '../../../../render/limits.ts';
import type { Block } from '../../blocks/block.ts';
import { checkBlocks } from '../../blocks/check-blocks.ts';
import { plainText } from '../../blocks/elements.ts';
import { giveIds } from '../../blocks/placed-elements.ts';
import { type BlockProblem, problemsOf, writeProblem } from '../../blocks/problem.ts';
import type { PlaygroundView } from '../../protocol.ts';
import type { World } from '../../world/world.ts';
import { ApiError } from '../api-error.ts';

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
export function readView(value: unknown, world: World): PlaygroundView {
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
    id: world.newId('V'),
    hash: world.newId('h'),
    callbackId: view.callback_id ?? '',
    title: view.title.text,
    ...(view.submit && { submit: view.submit.text }),
    close: view.close?.text ?? 'Cancel',
    blocks: giveIds(checked.blocks, world.newId),
    privateMetadata: view.private_metadata ?? '',
    externalId: view.external_id ?? '',
    notifyOnClose: view.notify_on_close ?? false,
    errors: {},
  };
}

function hasInput(blocks: readonly Block[]): boolean {
  return blocks.some((block) => block.type === 'input');
}

function refusal(problems: readonly BlockProblem[]): ApiError {
  return new ApiError('invalid_arguments', { response_metadata: { messages: problems.map(writeProblem) } });
}
