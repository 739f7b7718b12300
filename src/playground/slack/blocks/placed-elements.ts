import type { SlackBlock } from './block.ts';
import type { SlackElement } from './elements.ts';

/** An element and the block it sits in. */
export interface PlacedElement {
  readonly blockId: string;
  readonly element: SlackElement;
}

/** All elements that a person can use, in order. */
export function listElements(blocks: readonly SlackBlock[]): readonly PlacedElement[] {
  return blocks.flatMap((block): readonly PlacedElement[] => {
    const blockId = block.block_id ?? '';
    switch (block.type) {
      case 'actions':
        return block.elements.map((element) => ({ blockId, element }));
      case 'input':
        return [{ blockId, element: block.element }];
      case 'container':
        return listElements(block.child_blocks);
      default:
        return [];
    }
  });
}

/** Gives an id to every block and element that came without one, as Slack does. */
export function giveIds<B extends SlackBlock>(blocks: readonly B[], newId: (prefix: string) => string): B[] {
  return blocks.map((block) => {
    const named = { ...block, block_id: block.block_id ?? newId('b') };
    switch (named.type) {
      case 'actions':
        return { ...named, elements: named.elements.map((one) => withId(one, newId)) };
      case 'input':
        return { ...named, element: withId(named.element, newId) };
      case 'container':
        return { ...named, child_blocks: giveIds(named.child_blocks, newId) };
      default:
        return named;
    }
  });
}

function withId<E extends SlackElement>(element: E, newId: (prefix: string) => string): E {
  return { ...element, action_id: element.action_id ?? newId('a') };
}
