import type { Block, Modal } from '../../render/blocks/block.ts';

/** A modal as Slack's methods take it. */
export function viewArguments({ blocks, ...modal }: Modal): Omit<Modal, 'blocks'> & { blocks: Block[] } {
  return { ...modal, blocks: [...blocks] };
}
