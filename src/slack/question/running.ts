import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from '../../core/answer/turn/interrupted.ts';
import type { Understood } from '../../core/question.ts';
import { type Place, threadOf } from './place.ts';

/** Why a question was stopped: somebody pressed the button. */
export class StoppedBy extends Error {
  override readonly name = 'StoppedBy';
  readonly person: string;

  constructor(person: string) {
    super(`stopped by ${person}`);
    this.person = person;
  }
}

/** The questions that are being answered. */
export interface Running {
  /** Does the work of a question, with a signal that ends it. Once the app stops, work begins with its signal aborted. */
  run(id: string, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  has(id: string): boolean;
  /** False when the question has ended. */
  stop(id: string, person: string): boolean;
  /** Ends all work so that it stays in flight, and waits for it to end, but not longer than this. */
  interrupt(graceMs: number): Promise<void>;
}

/** Creates the list of running questions, empty. */
export function createRunning(): Running {
  const working = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();
  let interrupted = false;
  return {
    async run(id, work) {
      const controller = new AbortController();
      if (interrupted) controller.abort(new Interrupted());
      const done = work(controller.signal).finally(() => working.delete(id));
      working.set(id, { controller, done });
      await done;
    },
    has: (id) => working.has(id),
    stop(id, person) {
      const found = working.get(id);
      found?.controller.abort(new StoppedBy(person));
      return found !== undefined;
    },
    async interrupt(graceMs) {
      interrupted = true;
      for (const { controller } of working.values()) controller.abort(new Interrupted());
      const given = new AbortController();
      const ended = Promise.allSettled([...working.values()].map(({ done }) => done));
      await Promise.race([ended, sleep(graceMs, undefined, { signal: given.signal }).catch(() => undefined)]);
      given.abort();
    },
  };
}

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
