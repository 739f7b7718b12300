import { PLAYGROUND_LIMITS } from '../limits.ts';
import type { PlaygroundView } from '../protocol.ts';
import type { Announcer } from './announcer.ts';

/** The open modals; each person has a stack of them. */
export interface Views {
  top(person: string): PlaygroundView | undefined;
  /** Puts a modal on top; false when the stack is full. */
  push(person: string, view: PlaygroundView): boolean;
  /** Takes the top modal away. */
  pop(person: string): void;
  clear(person: string): void;
  /** Changes the modal with this id wherever it is in a stack. */
  replace(view: PlaygroundView): void;
  find(
    isIt: (view: PlaygroundView) => boolean,
  ): { readonly person: string; readonly view: PlaygroundView } | undefined;
}

/** Creates screens without modals. */
export function createViews(announcer: Announcer): Views {
  const stacks = new Map<string, readonly PlaygroundView[]>();
  function set(person: string, stack: readonly PlaygroundView[]): void {
    stacks.set(person, stack);
    announcer.announce({ type: 'view', view: stack.at(-1) ?? null }, person);
  }
  const stackOf = (person: string) => stacks.get(person) ?? [];
  return {
    top: (person) => stackOf(person).at(-1),
    push(person, view) {
      if (stackOf(person).length >= PLAYGROUND_LIMITS.viewStack) return false;
      set(person, [...stackOf(person), view]);
      return true;
    },
    pop: (person) => set(person, stackOf(person).slice(0, -1)),
    clear: (person) => set(person, []),
    replace(view) {
      for (const [person, stack] of stacks) {
        if (!stack.some((one) => one.id === view.id)) continue;
        set(
          person,
          stack.map((one) => (one.id === view.id ? view : one)),
        );
      }
    },
    find(isIt) {
      for (const [person, stack] of stacks) {
        const view = stack.find(isIt);
        if (view) return { person, view };
      }
      return undefined;
    },
  };
}
