import { orLate } from '../deadline.ts';
import { StoreError } from '../errors.ts';
import { type AskedLine, type BeginOptions, type Finished, NOTHING_SPENT, type Store } from './store.ts';

/** Called for how calls of the store end. */
export interface StoreEvents {
  /** The store could not carry out a call, or one in the background failed in another way. */
  readonly failed: (error: unknown) => void;
  /** A call was carried out: it has `written` something, or only `reached` the store, which a full disk allows too. */
  readonly worked: (proof: 'written' | 'reached') => void;
}

/** A store that goes on with what it could not write down. */
export interface LastingStore extends Store {
  /** Tries once more what could not be written, before the stores are closed; what remains is taken up by the next start. */
  settle(): Promise<void>;
}

export interface LastingStoreParts {
  readonly events: StoreEvents;
  /** Waits without keeping the process from ending. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** How long a person may wait to read that nothing can be written down: Slack gives an acknowledgement three seconds. */
const BEGIN_MS = 2_200;
/** How long a question may wait for what is written about it. */
const WRITE_MS = 2_000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [250, 10_000] as const;

/**
 * The store of questions, of which those that were begun go on while it is away: where they are, what the engine runs and how
 * they ended is written as soon as it is back. Of a question each of these waits once, and none begins meanwhile, so that what
 * waits is never more than what was in flight. A question that could not be begun in time is refused, and never runs.
 */
export function createLastingStore(store: Store, { events, pause }: LastingStoreParts): LastingStore {
  const waiting = new Map<string, Unwritten>();
  let isSettled = false;

  /** An error of another kind is reported by whoever called. */
  function report(error: unknown): void {
    if (error instanceof StoreError) events.failed(error);
  }

  /** Works on what is to be written of one question, in order, until all of it is. */
  async function workOn(id: string, { writes, tried }: Unwritten): Promise<void> {
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
        await pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    waiting.delete(id);
    tried(undefined);
  }

  /** Ends when it is written, or will be later. @throws what is no fault of the store. */
  async function write(id: string, part: Part, writing: () => Promise<void>): Promise<void> {
    const known = waiting.get(id);
    if (known !== undefined) {
      known.writes.set(part, writing);
      return;
    }
    const first = new Promise<void>((resolve, reject) => {
      const tried = (error: unknown) => (error === undefined ? resolve() : reject(error));
      const unwritten = { writes: new Map([[part, writing]]), tried };
      waiting.set(id, unwritten);
      void workOn(id, unwritten);
    });
    await orLate(WRITE_MS, first);
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
      const held = await orLate(WRITE_MS, store.holds(id, at));
      return held === 'late' || held;
    },
    takeUp: (at, whose) => observed(store.takeUp(at, whose)),
    renewLeases: (at) => observed(store.renewLeases(at)),
    async settle() {
      isSettled = true;
      const all = [...waiting.values()].flatMap(({ writes }) => [...writes.values()]);
      await orLate(WRITE_MS, Promise.all(all.map((writing) => writing().catch(events.failed))));
    },
  };
}

type Part = 'place' | 'run' | 'end';

/** What is not yet written of a question, each part as it is now. */
interface Unwritten {
  readonly writes: Map<Part, () => Promise<void>>;
  /** Called when the first try has ended, with an error that is no fault of the store. */
  readonly tried: (error: unknown) => void;
}

function firstOf<K, V>(all: ReadonlyMap<K, V>): readonly [K, V] | undefined {
  for (const entry of all) return entry;
  return undefined;
}

const LATE_WORDS = 'The database does not answer in time, so that nothing can be written down';

/** The same error, with what it means for who asked. */
function notRun({ code, message, hint, cause }: StoreError): StoreError {
  return new StoreError(code, message, `Nothing was run and nothing is billed. ${hint}`, { cause });
}

const REFUSED: Omit<Finished, 'finishedAt'> = { outcome: 'crashed', ...NOTHING_SPENT };
