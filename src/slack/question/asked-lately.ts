import type { Understood } from '../../core/operation/request.ts';
import { type Place, threadOf } from './place.ts';

/** A question that was asked a moment ago. */
export interface LatelyAsked {
  readonly id: string;
  readonly place: Place;
}

/** Remembers who asked what where a moment ago: people ask again when Slack says that a command timed out. */
export interface AskedLately {
  find(key: string): LatelyAsked | undefined;
  remember(key: string, asked: LatelyAsked): void;
  /** A question that failed may be asked again at once. */
  forget(key: string): void;
}

const A_MOMENT_MS = 10_000;

/** Creates the memory; a question counts while it runs, and for ten seconds at least. */
export function createAskedLately(now: () => Date, isRunning: (id: string) => boolean): AskedLately {
  const asked = new Map<string, LatelyAsked & { readonly atMs: number }>();
  const counts = ({ id, atMs }: { id: string; atMs: number }) =>
    now().getTime() - atMs < A_MOMENT_MS || isRunning(id);
  return {
    find(key) {
      const found = asked.get(key);
      return found !== undefined && counts(found) ? found : undefined;
    },
    remember(key, { id, place }) {
      for (const [old, entry] of asked) if (!counts(entry)) asked.delete(old);
      asked.set(key, { id, place, atMs: asked.get(key)?.atMs ?? now().getTime() });
    },
    forget(key) {
      asked.delete(key);
    },
  };
}

/** The same person, the same line, the same place. */
export function askedKey(question: Understood, place: Place): string {
  const thread = place.kind === 'thread' ? threadOf(place) : undefined;
  return JSON.stringify([place.person, place.channel, thread ?? '', question.line]);
}
