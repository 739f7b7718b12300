import type { Block } from '../shapes/block.ts';
import type { Element } from '../shapes/element.ts';

/** Gives an id to every block and element that came without one, as Slack does. */
export function giveIds(blocks: readonly Block[], newId: (prefix: string) => string): readonly Block[] {
  const withId = (element: Element): Element => ({ ...element, action_id: element.action_id ?? newId('a') });
  return blocks.map((block): Block => {
    const named = { ...block, block_id: block.block_id ?? newId('b') };
    switch (named.type) {
      case 'actions':
      case 'context_actions':
        return { ...named, elements: named.elements.map(withId) };
      case 'section':
        return named.accessory && named.accessory.type !== 'image'
          ? { ...named, accessory: withId(named.accessory) }
          : named;
      case 'input':
        return { ...named, element: withId(named.element) };
      case 'container':
        return { ...named, child_blocks: giveIds(named.child_blocks, newId) };
      default:
        return named;
    }
  });
}
