import { orLate } from '../deadline.ts';
import { StoreError } from '../errors.ts';

/** Called for how calls of the store end. */
export interface StoreEvents {
  /** The store could not carry out a call, or one in the background failed in another way. */
  readonly failed: (error: unknown) => void;
  /** A call was carried out: it has `written` something, or only `reached` the store, which a full disk allows too. */
  readonly worked: (proof: 'written' | 'reached') => void;
}

export interface LastingParts {
  readonly events: StoreEvents;
  /** Waits without keeping the process from ending. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/**
 * Writes that are tried again while the store is away, until they are done. What is written of one thing, such as a question,
 * is written in order; a later write of the same part takes the place of an earlier one that waits, so that what waits is
 * never more than what was in flight.
 */
export interface LastingWrites<Part> {
  /** Ends after the first try, and after two seconds at the latest: then it is written later. @throws what is no fault of the store. */
  write(id: string, part: Part, writing: () => Promise<unknown>): Promise<void>;
  /** Waits at most so long until all of one thing is written; why it is not, where it is not. */
  written(id: string, milliseconds: number): Promise<StoreError | undefined>;
  /** Tries once more what waits, for two seconds at most, before the store is closed. */
  settle(): Promise<void>;
}

/** How long a question or an operation may wait for one write about it. */
const WRITE_MS = 2_000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [250, 10_000] as const;

/** What is not yet written of one thing, each part as it is now. */
interface Unwritten<Part> {
  readonly writes: Map<Part, () => Promise<unknown>>;
  /** Called when the first try has ended, with an error that is no fault of the store. */
  readonly tried: (error: unknown) => void;
  /** Ends when nothing is left. */
  done: Promise<void>;
  why: StoreError;
}

/** Creates it, with nothing that waits. */
export function createLastingWrites<Part>({ events, pause }: LastingParts): LastingWrites<Part> {
  const waiting = new Map<string, Unwritten<Part>>();
  let isSettled = false;

  async function workOn(id: string, unwritten: Unwritten<Part>): Promise<void> {
    const { writes, tried } = unwritten;
    let pauseMs: number = FIRST_PAUSE_MS;
    for (let next = firstOf(writes); next !== undefined; next = firstOf(writes))
      try {
        const [part, write] = next;
        await write();
        events.worked('written');
        if (writes.get(part) === write) writes.delete(part);
      } catch (error) {
        events.failed(error);
        tried(error instanceof StoreError ? undefined : error);
        if (isSettled || !(error instanceof StoreError)) break;
        unwritten.why = error;
        await pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    waiting.delete(id);
    tried(undefined);
  }

  async function settleOne({ writes }: Unwritten<Part>): Promise<void> {
    for (const [part, writing] of [...writes])
      try {
        await writing();
        writes.delete(part);
      } catch (error) {
        events.failed(error);
      }
  }

  return {
    async write(id, part, writing) {
      const known = waiting.get(id);
      if (known !== undefined) {
        known.writes.set(part, writing);
        return;
      }
      const first = new Promise<void>((resolve, reject) => {
        const tried = (error: unknown) => (error === undefined ? resolve() : reject(error));
        const unwritten = { writes: new Map([[part, writing]]), tried, done: Promise.resolve(), why: SLOW };
        waiting.set(id, unwritten);
        unwritten.done = workOn(id, unwritten);
      });
      await orLate(WRITE_MS, first);
    },
    async written(id, milliseconds) {
      const unwritten = waiting.get(id);
      if (unwritten === undefined) return undefined;
      return (await orLate(milliseconds, unwritten.done)) === 'late' ? unwritten.why : undefined;
    },
    async settle() {
      isSettled = true;
      await orLate(WRITE_MS, Promise.all([...waiting.values()].map(settleOne)));
    },
  };
}

/** A store that has neither done nor refused what it was asked. */
const SLOW = new StoreError('locked', 'The database does not answer in time.', 'Look at its load.');

function firstOf<K, V>(all: ReadonlyMap<K, V>): readonly [K, V] | undefined {
  for (const entry of all) return entry;
  return undefined;
}
