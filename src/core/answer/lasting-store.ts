import { orLate } from '../deadline.ts';
import { StoreError } from '../errors.ts';
import { createLastingWrites, type LastingParts } from './lasting-writes.ts';
import { type AskedLine, type BeginOptions, type Finished, NOTHING_SPENT, type Store } from './store.ts';

/** A store that goes on with what it could not write down. */
export interface LastingStore extends Store {
  /** Tries once more what could not be written, before the stores are closed; what remains is taken up by the next start. */
  settle(): Promise<void>;
}

/** How long a person may wait to read that nothing can be written down: Slack gives an acknowledgement three seconds. */
const BEGIN_MS = 2_200;
/** How long an answer may wait for the store to say whose it is. */
const HOLDS_MS = 2_000;

/**
 * The store of questions, of which those that were begun go on while it is away: where they are, what the engine runs and how
 * they ended is written as soon as it is back. Of a question each of these waits once, and none begins meanwhile, so that what
 * waits is never more than what was in flight. A question that could not be begun in time is refused, and never runs.
 */
export function createLastingStore(store: Store, parts: LastingParts): LastingStore {
  const { events } = parts;
  const { write, settle } = createLastingWrites<Part>(parts);

  /** An error of another kind is reported by whoever called. */
  function report(error: unknown): void {
    if (error instanceof StoreError) events.failed(error);
  }

  /** Ends a question that may have been begun although whoever asked it has read that it was not. */
  function endRefused(asked: AskedLine): void {
    void write(asked.id, 'end', async () => {
      const found = await store.find(asked.id);
      if (found?.askedAt.getTime() !== asked.askedAt.getTime() || found.place !== asked.place) return;
      await store.finish(asked.id, { ...REFUSED, finishedAt: asked.askedAt });
    }).catch(events.failed);
  }

  async function begin(asked: AskedLine, options: BeginOptions | undefined) {
    const attempt = store.begin(asked, options);
    try {
      const begun = await orLate(BEGIN_MS, attempt);
      if (begun !== 'late') {
        events.worked(begun === 'begun' ? 'written' : 'reached');
        return begun;
      }
    } catch (error) {
      report(error);
      // The connection broke, so that it is not known whether it was begun.
      if (error instanceof StoreError && error.code === 'unreachable') endRefused(asked);
      throw error instanceof StoreError ? notRun(error) : error;
    }
    attempt.then(
      () => endRefused(asked),
      () => endRefused(asked),
    );
    const late = new StoreError('locked', `${LATE_WORDS}.`, 'Try again in a moment.');
    events.failed(late);
    throw notRun(late);
  }

  /** Lets the events know of a call. */
  async function observed<T>(call: Promise<T>): Promise<T> {
    try {
      const result = await call;
      events.worked('reached');
      return result;
    } catch (error) {
      report(error);
      throw error;
    }
  }

  return {
    ...store,
    begin,
    moveTo: (id, place, thread) => write(id, 'place', () => store.moveTo(id, place, thread)),
    finish: (id, finished) => write(id, 'end', () => store.finish(id, finished)),
    started: (id, runId) => write(id, 'run', () => store.started(id, runId)),
    async holds(id, at) {
      // Whoever cannot say it shows the answer.
      const held = await orLate(HOLDS_MS, store.holds(id, at));
      return held === 'late' || held;
    },
    takeUp: (at, whose) => observed(store.takeUp(at, whose)),
    renewLeases: (at) => observed(store.renewLeases(at)),
    settle,
  };
}

type Part = 'place' | 'run' | 'end';

const LATE_WORDS = 'The database does not answer in time, so that nothing can be written down';

/** The same error, with what it means for who asked. */
function notRun({ code, message, hint, cause }: StoreError): StoreError {
  return new StoreError(code, message, `Nothing was run and nothing is billed. ${hint}`, { cause });
}

const REFUSED: Omit<Finished, 'finishedAt'> = { outcome: 'crashed', ...NOTHING_SPENT };
