import { createLastingWrites, type LastingParts } from '../answer/lasting-writes.ts';
import { StoreError } from '../errors.ts';
import type { Journal } from './journal.ts';

/** A journal that goes on with what it could not write down. */
export interface LastingJournal extends Journal {
  /** Tries once more what could not be written, before the stores are closed. */
  settle(): Promise<void>;
}

/** How long an operation waits for the store, in milliseconds. */
interface JournalTimes {
  /** A step, before it begins, until that is written down. */
  readonly beginMs: number;
  /** The report, until all that was done is written down. */
  readonly reportMs: number;
}

const TIMES: JournalTimes = { beginMs: 20_000, reportMs: 5_000 };

/**
 * The journal of which an operation that was claimed goes on while the store is away: how its steps and itself ended is
 * written, in order, as soon as it is back. That a step begins is written before it does, or the step does not begin: only
 * then is it found after a crash.
 */
export function createLastingJournal(
  journal: Journal,
  parts: LastingParts,
  { beginMs, reportMs }: JournalTimes = TIMES,
): LastingJournal {
  const writes = createLastingWrites<string>(parts);

  /** Gives up a claim of which it is not known whether it was made, because the connection broke. */
  function giveUp(id: string, request: string): void {
    const isOurs = async () => {
      const entry = await journal.find(id);
      return entry?.state === 'running' && entry.claim?.request === request;
    };
    void writes
      .write(id, 'claim', async () => (await isOurs()) && journal.end(id, 'failed'))
      .catch(parts.events.failed);
  }

  return {
    ...journal,
    async claim(id, request, person, at) {
      try {
        return await journal.claim(id, request, person, at);
      } catch (error) {
        if (error instanceof StoreError && error.code === 'unreachable') giveUp(id, request);
        throw error;
      }
    },
    async step(id, record) {
      await writes.write(id, `step ${record.index}`, () => journal.step(id, record));
      const why = record.state === 'running' ? await writes.written(id, beginMs) : undefined;
      if (why !== undefined) throw why;
    },
    async end(id, state, person) {
      if (state === 'cancelled') return journal.end(id, state, person);
      // Where that is not known yet, it will.
      let isEnded = true;
      await writes.write(id, 'end', async () => {
        isEnded = await journal.end(id, state, person);
      });
      return isEnded;
    },
    unwritten: (id) => writes.written(id, reportMs),
    settle: writes.settle,
  };
}
