import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from '../../core/answer/turns.ts';

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
