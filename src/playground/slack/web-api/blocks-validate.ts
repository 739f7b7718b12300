import { checkBlocks } from '../blocks/check-blocks.ts';
import type { BlockProblem } from '../blocks/problem.ts';
import { type ApiArguments, structuredArgument } from './api-arguments.ts';
import { ApiError } from './api-error.ts';
import type { ApiMethod } from './api-method.ts';

/** Checks blocks without posting them; open to everybody, no token needed. */
export const blocksValidate: ApiMethod = {
  name: 'blocks.validate',
  token: 'none',
  scopes: [],
  call(args) {
    const problems = findProblems(args);
    if (problems.length === 0) return {};
    throw new ApiError('invalid_blocks', {
      errors: problems.map(({ pointer, message }) => ({ pointer, message, code: 'invalid_value' })),
    });
  },
};

function findProblems(args: ApiArguments): readonly BlockProblem[] {
  const view = structuredArgument(args, 'view', 'invalid_arguments');
  if (view !== undefined) return problemsIn(blocksOf(view), 'modal', '/view/blocks');
  const message = structuredArgument(args, 'message', 'invalid_arguments');
  if (message !== undefined) return problemsIn(blocksOf(message), 'message', '/message/blocks');
  const blocks = structuredArgument(args, 'blocks', 'invalid_arguments');
  if (blocks === undefined) throw new ApiError('invalid_arguments');
  return problemsIn(blocks, 'message', '/blocks');
}

function blocksOf(holder: unknown): unknown {
  return typeof holder === 'object' && holder !== null && 'blocks' in holder ? holder.blocks : undefined;
}

function problemsIn(blocks: unknown, surface: 'message' | 'modal', root: string): readonly BlockProblem[] {
  const checked = checkBlocks(blocks, surface, root);
  return checked.ok ? [] : checked.problems;
}
