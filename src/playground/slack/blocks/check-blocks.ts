import { PLAYGROUND_LIMITS } from '../limits.ts';
import { messageBlocks, modalBlocks, type SlackBlock } from './block.ts';
import { type BlockProblem, problemsOf } from './problem.ts';
import { cellText, type SlackDataTableBlock, type SlackTableBlock } from './tables.ts';

/** Blocks that Slack would take, or why it would not. */
type CheckedBlocks =
  | { readonly ok: true; readonly blocks: readonly SlackBlock[] }
  | { readonly ok: false; readonly problems: readonly BlockProblem[] };

/** Checks the blocks of a message or a modal as strictly as Slack does; a kind that flowlog never sends is refused too. */
export function checkBlocks(value: unknown, surface: 'message' | 'modal', root = '/blocks'): CheckedBlocks {
  const schema = surface === 'message' ? messageBlocks : modalBlocks;
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, root) };
  const blocks: readonly SlackBlock[] = parsed.data;
  const problems = checkTogether(blocks, root);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, blocks };
}

/** True when a second table makes the message unacceptable, which has an error of its own. */
export function hasSeveralTables(blocks: readonly SlackBlock[]): boolean {
  return withChildren(blocks).filter(isTable).length > PLAYGROUND_LIMITS.tablesPerMessage;
}

/** Checks across blocks: ids that repeat, and sums over all of them. */
function checkTogether(blocks: readonly SlackBlock[], root: string): readonly BlockProblem[] {
  const all = withChildren(blocks);
  return [
    ...repeatedBlockIds(all, root),
    ...blocks.flatMap((block, index) => repeatedActionIds(block, `${root}/${index}`)),
    ...tooMuchTable(all, root),
    ...tooManyCharts(all, root),
  ];
}

function withChildren(blocks: readonly SlackBlock[]): readonly SlackBlock[] {
  return blocks.flatMap((block): readonly SlackBlock[] =>
    block.type === 'container' ? [block, ...block.child_blocks] : [block],
  );
}

function isTable(block: SlackBlock): block is SlackTableBlock | SlackDataTableBlock {
  return block.type === 'table' || block.type === 'data_table';
}

function repeatedBlockIds(blocks: readonly SlackBlock[], root: string): readonly BlockProblem[] {
  return repeated(blocks.flatMap((block) => block.block_id ?? [])).map((id) => ({
    pointer: root,
    message: `block_id "${id}" already exists`,
  }));
}

function repeatedActionIds(block: SlackBlock, pointer: string): readonly BlockProblem[] {
  if (block.type !== 'actions') return [];
  return repeated(block.elements.flatMap((element) => element.action_id ?? [])).map((id) => ({
    pointer: `${pointer}/elements`,
    message: `\`action_id\` "${id}" already exists for element`,
  }));
}

function repeated(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

function tooManyCharts(blocks: readonly SlackBlock[], root: string): readonly BlockProblem[] {
  const limit = PLAYGROUND_LIMITS.chartsPerMessage;
  if (blocks.filter(({ type }) => type === 'data_visualization').length <= limit) return [];
  return [{ pointer: root, message: `no more than ${limit} data_visualization blocks allowed` }];
}

function tooMuchTable(blocks: readonly SlackBlock[], root: string): readonly BlockProblem[] {
  const cells = blocks.filter(isTable).flatMap(({ rows }) => rows.flat());
  const chars = cells.reduce((sum, cell) => sum + cellText(cell).length, 0);
  if (chars <= PLAYGROUND_LIMITS.tableChars) return [];
  const message = `table cells must be less than ${PLAYGROUND_LIMITS.tableChars + 1} characters in total`;
  return [{ pointer: root, message }];
}
