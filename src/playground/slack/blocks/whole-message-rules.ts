import { PLAYGROUND_LIMITS } from '../limits.ts';
import type { Block } from '../shapes/block.ts';
import type { RichTextBlock } from '../shapes/rich-text.ts';
import type { Cell } from '../shapes/table.ts';
import type { BlockProblem } from './problem.ts';

/** What no block can know alone: ids that repeat, and sums over all blocks. */
export function checkWholeMessage(blocks: readonly Block[], root: string): readonly BlockProblem[] {
  const flat = blocks.flatMap((block) =>
    block.type === 'container' ? [block, ...block.child_blocks] : [block],
  );
  return [
    ...repeatedBlockIds(flat, root),
    ...blocks.flatMap((block, index) => repeatedActionIds(block, `${root}/${index}`)),
    ...tooMuchTable(flat, root),
    ...tooMany(flat, 'data_visualization', PLAYGROUND_LIMITS.chartsPerMessage, root),
    ...tooMany(flat, 'plan', 1, root),
    ...tooMuchMarkdown(flat, root),
  ];
}

/** True when a second table makes the message unacceptable, which has an error of its own. */
export function hasSeveralTables(blocks: readonly Block[]): boolean {
  const flat = blocks.flatMap((block) => (block.type === 'container' ? block.child_blocks : [block]));
  return (
    flat.filter((block) => block.type === 'table' || block.type === 'data_table').length >
    PLAYGROUND_LIMITS.tablesPerMessage
  );
}

function repeatedBlockIds(blocks: readonly Block[], root: string): readonly BlockProblem[] {
  const ids = blocks.flatMap((block) => block.block_id ?? []);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...repeated].map((id) => ({ pointer: root, message: `block_id "${id}" already exists` }));
}

function repeatedActionIds(block: Block, pointer: string): readonly BlockProblem[] {
  if (block.type !== 'actions') return [];
  const ids = block.elements.flatMap((element) => element.action_id ?? []);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...repeated].map((id) => ({
    pointer: `${pointer}/elements`,
    message: `\`action_id\` "${id}" already exists for element`,
  }));
}

function tooMany(
  blocks: readonly Block[],
  type: Block['type'],
  limit: number,
  root: string,
): readonly BlockProblem[] {
  const count = blocks.filter((block) => block.type === type).length;
  return count > limit ? [{ pointer: root, message: `no more than ${limit} ${type} blocks allowed` }] : [];
}

function tooMuchTable(blocks: readonly Block[], root: string): readonly BlockProblem[] {
  const cells = blocks.flatMap((block) =>
    block.type === 'table' || block.type === 'data_table' ? block.rows.flat() : [],
  );
  const chars = cells.reduce((sum, cell) => sum + cellText(cell).length, 0);
  if (chars <= PLAYGROUND_LIMITS.tableChars) return [];
  return [
    {
      pointer: root,
      message: `table cells must be less than ${PLAYGROUND_LIMITS.tableChars + 1} characters in total`,
    },
  ];
}

function tooMuchMarkdown(blocks: readonly Block[], root: string): readonly BlockProblem[] {
  const chars = blocks.reduce((sum, block) => sum + (block.type === 'markdown' ? block.text.length : 0), 0);
  if (chars <= PLAYGROUND_LIMITS.markdownText) return [];
  return [
    {
      pointer: root,
      message: `markdown blocks must be less than ${PLAYGROUND_LIMITS.markdownText + 1} characters in total`,
    },
  ];
}

/** The text of a cell, as Slack counts it. */
export function cellText(cell: Cell): string {
  return cell.type === 'rich_text' ? richTextText(cell) : cell.text;
}

/** The words of rich text, without their styles. */
export function richTextText(block: RichTextBlock): string {
  return block.elements
    .map((part) =>
      part.type === 'rich_text_list'
        ? part.elements.map((item) => `- ${item.elements.map(leafText).join('')}`).join('\n')
        : part.elements.map(leafText).join(''),
    )
    .join('\n');
}

function leafText(leaf: {
  readonly text?: string;
  readonly url?: string;
  readonly name?: string;
  readonly fallback?: string;
}): string {
  return leaf.text ?? leaf.url ?? leaf.fallback ?? leaf.name ?? '';
}
