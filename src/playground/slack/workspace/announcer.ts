import type { PlaygroundEvent } from '../protocol.ts';

/** Hears what happens; `onlyFor` is the person who alone may hear it. */
export type Listener = (event: PlaygroundEvent, onlyFor?: string) => void;

/** Tells everybody who listens what happened on the desk. */
export interface Announcer {
  announce(event: PlaygroundEvent, onlyFor?: string): void;
  /** Returns the function that stops listening. */
  listen(listener: Listener): () => void;
}

/** Creates an announcer that nobody listens to yet. */
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
