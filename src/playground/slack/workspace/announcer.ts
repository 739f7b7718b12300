import type { PlaygroundEvent } from '../protocol.ts';

/** Is called with each change; `onlyFor` is the only person who may see it. */
type Listener = (event: PlaygroundEvent, onlyFor?: string) => void;

/** Passes each change of the workspace to its listeners. */
export interface Announcer {
  announce(event: PlaygroundEvent, onlyFor?: string): void;
  /** Returns the function that stops listening. */
  listen(listener: Listener): () => void;
}

/** Creates an announcer without listeners. */
export function createAnnouncer(): Announcer {
  const listeners = new Set<Listener>();
  return {
    announce(event, onlyFor) {
      for (const listener of [...listeners]) listener(event, onlyFor);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
