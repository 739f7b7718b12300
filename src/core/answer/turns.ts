import { type Billed, EngineError } from '../errors.ts';
import { mostBytesOf, type Scan } from '../lake/scan.ts';
import type { Spender } from './budget.ts';
import { type Prices, priced } from './cost.ts';
import type { Engine, OnStart, Run, Statement, TakePart } from './engine.ts';

/** Does work when its turn comes, and knows how much runs and waits. */
export interface Turns {
  /** `onTurn` is called with how many are before it, each time that changes, and with 0 when it begins. */
  take<T>(
    whose: Whose,
    work: () => Promise<T>,
    options: { readonly signal: AbortSignal; readonly onTurn?: (before: number) => void },
  ): Promise<T>;
  amounts(): QueueAmounts;
}

/** Whose work it is, and whether it is long: then it may not take all places. */
export interface Whose {
  readonly channel: string;
  readonly person: string;
  readonly isLong?: boolean;
}

/** How many questions run and wait at this moment. */
export interface QueueAmounts {
  readonly running: number;
  readonly waiting: number;
}

interface Waiting extends Whose {
  readonly channelKey: string;
  readonly personKey: string;
  readonly begin: () => void;
  readonly onTurn: ((before: number) => void) | undefined;
}

/** Less than one turn. */
const JUST_BEFORE = 0.5;

/**
 * Turns that are fair: each channel that waits gets one in its turn, and in a channel each person, so that a hundred questions
 * of one make another wait for one of them. Of the `atOnce` that run, `longAtOnce` may be long, all when left out: while those
 * run, what is short goes first, and a long one gets the next place that a long one leaves. `share` says how many processes
 * have these places together: each takes an equal part of them, and one at least.
 */
export function createTurns(atOnce: number, longAtOnce = atOnce, share = () => 1): Turns {
  const partOf = (places: number) => Math.max(1, Math.floor(places / share()));
  let [running, longRunning] = [0, 0];
  let waiting: readonly Waiting[] = [];
  /** When each channel that waits was last served, or came to wait, and each person in it: a later one is never before it. */
  const since = new Map<string, number>();
  let turn = 0;

  /** One of each key, the longest unserved first; then a second of each. */
  function roundRobin(asked: readonly Waiting[], keyOf: (each: Waiting) => string): readonly Waiting[] {
    const before = new Map<string, number>();
    const ranked = asked.map((each, arrival) => {
      const key = keyOf(each);
      const round = before.get(key) ?? 0;
      before.set(key, round + 1);
      return { each, round, last: since.get(key) ?? 0, arrival };
    });
    return ranked
      .toSorted((a, b) => a.round - b.round || a.last - b.last || a.arrival - b.arrival)
      .map(({ each }) => each);
  }

  /** The order in which they will begin if no other one comes. */
  function inOrder(): readonly Waiting[] {
    return roundRobin(
      roundRobin(waiting, ({ personKey }) => personKey),
      ({ channelKey }) => channelKey,
    );
  }

  function advance(): void {
    const most = partOf(atOnce);
    // Where not all may be long, rounding must not make all of a part long.
    const mostLong =
      longAtOnce < atOnce && most > 1 ? Math.min(partOf(longAtOnce), most - 1) : partOf(longAtOnce);
    for (const next of running < most ? inOrder() : []) {
      if (running >= most) break;
      if (next.isLong === true && longRunning >= mostLong) continue;
      waiting = waiting.filter((each) => each !== next);
      running += 1;
      if (next.isLong === true) longRunning += 1;
      turn += 1;
      for (const key of keysOf(next)) since.set(key, turn);
      next.begin();
    }
    forget();
    for (const [before, each] of inOrder().entries()) each.onTurn?.(before);
  }

  /** Who neither waits nor was served just now begins anew. */
  function forget(): void {
    const kept = new Set(waiting.flatMap(keysOf));
    for (const [key, last] of since) if (last < turn && !kept.has(key)) since.delete(key);
  }

  async function wait(whose: Whose, { signal, onTurn }: Parameters<Turns['take']>[2]): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((begin, reject) => {
      const entry: Waiting = {
        ...whose,
        channelKey: JSON.stringify([whose.channel]),
        personKey: JSON.stringify([whose.channel, whose.person]),
        onTurn,
        begin: () => {
          signal.removeEventListener('abort', leave);
          onTurn?.(0);
          begin();
        },
      };
      function leave(): void {
        waiting = waiting.filter((each) => each !== entry);
        reject(signal.reason);
        advance();
      }
      signal.addEventListener('abort', leave, { once: true });
      // Before those that were served at this moment, behind those that waited already.
      for (const key of keysOf(entry)) if (!since.has(key)) since.set(key, turn - JUST_BEFORE);
      waiting = [...waiting, entry];
      advance();
    });
  }

  return {
    async take(whose, work, options) {
      await wait(whose, options);
      try {
        return await work();
      } finally {
        running -= 1;
        if (whose.isLong === true) longRunning -= 1;
        advance();
      }
    },
    amounts: () => ({ running, waiting: waiting.length }),
  };
}

function keysOf({ channelKey, personKey }: Waiting): readonly string[] {
  return [channelKey, personKey];
}

/** How many scans an engine runs at once, and how many of those may be long. */
export interface EnginePlaces {
  readonly atOnce: number;
  /** Fewer than all, so that who asks for little never waits for those who ask for much. */
  readonly longAtOnce: number;
  /** A scan of more bytes, as they are stored, is long. */
  readonly longerThanBytes: number;
}

/** Whether a scan may not take all places of an engine. */
export function isLong(scan: Scan, { longerThanBytes }: Pick<EnginePlaces, 'longerThanBytes'>): boolean {
  return mostBytesOf(scan) > longerThanBytes;
}

export interface RunParts {
  readonly engine: Engine;
  readonly prices: Prices;
  /** Undefined where the engine takes turns by itself. */
  readonly turns?: Turns | undefined;
  /** No scan is long when left out. */
  readonly longerThanBytes?: number | undefined;
}

/** Who waits, and the callback with the number of statements before this one. */
export interface TurnOptions {
  readonly signal: AbortSignal;
  readonly spender: Pick<Spender, 'channel' | 'person'>;
  readonly onTurn?: ((before: number) => void) | undefined;
  readonly onStart?: OnStart | undefined;
}

/** Work without turns, which begins at once. */
export const AT_ONCE: Turns = {
  take: (_, work) => work(),
  amounts: () => ({ running: 0, waiting: 0 }),
};

/** Runs a statement when its turn comes. @throws EngineError, with the dollars of what was billed all the same. */
export async function runInTurn(
  statement: Statement,
  take: TakePart,
  { engine, prices, turns = AT_ONCE, longerThanBytes = Number.POSITIVE_INFINITY }: RunParts,
  { signal, spender: { channel, person }, onTurn, onStart }: TurnOptions,
): Promise<Run> {
  const waiting = onTurn === undefined ? { signal } : { signal, onTurn };
  const whose = { channel, person, isLong: isLong(statement.scan, { longerThanBytes }) };
  const run = turns.take(whose, () => engine.run(statement, take, signal, onStart), waiting);
  try {
    return await orStopped(signal, run);
  } catch (error) {
    throw priced(error, statement.scan.source.region, prices);
  }
}

/** Listing files and waiting for a turn take time too: being stopped meanwhile is no fault. */
export async function orStopped<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw signal.aborted && !(error instanceof EngineError) ? stopped(signal, error) : error;
  }
}

/**
 * The error of a question whose signal was aborted, wherever it was at that moment: while files were looked for,
 * while it waited for its turn, or while the engine ran.
 */
export function stopped({ reason }: AbortSignal, cause: unknown, billed?: Billed): EngineError {
  const late = reason instanceof DOMException && reason.name === 'TimeoutError';
  return new EngineError(late ? 'timed-out' : 'cancelled', 'the question was stopped', { cause, billed });
}

/** Why work was stopped when the app itself stops: it stays in flight and is taken up after the restart. */
export class Interrupted extends Error {
  override readonly name: string = 'Interrupted';
}

/** Why work that is done is not shown: another process took its question over meanwhile, and shows it. */
export class TakenOver extends Interrupted {
  override readonly name = 'TakenOver';
}

/** Why a request was stopped: a person pressed the button. */
export class StoppedBy extends Error {
  override readonly name = 'StoppedBy';
  readonly person: string;

  constructor(person: string) {
    super(`stopped by ${person}`);
    this.person = person;
  }
}
