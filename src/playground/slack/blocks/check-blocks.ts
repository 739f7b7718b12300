import type { Block } from '../shapes/block.ts';
import { messageBlocks, modalBlocks } from './kinds/surfaces.ts';
import { type BlockProblem, problemsOf } from './problem.ts';
import { checkWholeMessage } from './whole-message-rules.ts';

/** Blocks that Slack would take, or why it would not. */
export type CheckedBlocks =
  | { readonly ok: true; readonly blocks: readonly Block[] }
  | { readonly ok: false; readonly problems: readonly BlockProblem[] };

/** Checks the blocks of a message or a modal as strictly as Slack does. */
export function checkBlocks(value: unknown, surface: 'message' | 'modal', root = '/blocks'): CheckedBlocks {
  const schema = surface === 'message' ? messageBlocks : modalBlocks;
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, root) };
  // The schemas and the types say the same twice: the page needs plain types, without a validator behind them.
  const blocks = value as readonly Block[];
  const problems = checkWholeMessage(blocks, root);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, blocks };
}
