import type { Block } from '../shapes/block.ts';
import type { Element } from '../shapes/element.ts';

/** An element and the block it sits in. */
export interface PlacedElement {
  readonly blockId: string;
  readonly element: Element;
}

/** All elements that a person can use, in order. */
export function listElements(blocks: readonly Block[]): readonly PlacedElement[] {
  return blocks.flatMap((block): readonly PlacedElement[] => {
    const blockId = block.block_id ?? '';
    switch (block.type) {
      case 'actions':
      case 'context_actions':
        return block.elements.map((element) => ({ blockId, element }));
      case 'section':
        return block.accessory && block.accessory.type !== 'image'
          ? [{ blockId, element: block.accessory }]
          : [];
      case 'input':
        return [{ blockId, element: block.element }];
      case 'container':
        return listElements(block.child_blocks);
      default:
        return [];
    }
  });
}
