import { type Billed, EngineError } from '../errors.ts';
import type { Spender } from './budget.ts';
import { type Prices, priced } from './cost.ts';
import type { Engine, OnStart, Run, Statement, TakePart } from './engine.ts';

/** Does work when its turn comes; `onTurn` is called with how many are before it, each time that changes. */
export type Turns = <T>(
  channel: string,
  work: () => Promise<T>,
  options: { readonly signal: AbortSignal; readonly onTurn?: (before: number) => void },
) => Promise<T>;

interface Waiting {
  readonly channel: string;
  readonly begin: () => void;
  readonly onTurn: ((before: number) => void) | undefined;
}

/** Less than one turn. */
const JUST_BEFORE = 0.5;

/**
 * Turns that are fair between channels: each channel that waits gets one in its turn, so that a hundred questions of
 * one do not make another wait for all of them.
 */
export function createTurns(atOnce: number): Turns {
  let running = 0;
  let waiting: readonly Waiting[] = [];
  /** When each channel that waits was last served, or came to wait: a later one is never before it. */
  const since = new Map<string, number>();
  let turn = 0;

  /** The order in which they will begin if no other one comes: one of each channel, the longest unserved first. */
  function inOrder(): readonly Waiting[] {
    const before = new Map<string, number>();
    const ranked = waiting.map((each, arrival) => {
      const round = before.get(each.channel) ?? 0;
      before.set(each.channel, round + 1);
      return { each, round, last: since.get(each.channel) ?? 0, arrival };
    });
    return ranked
      .toSorted((a, b) => a.round - b.round || a.last - b.last || a.arrival - b.arrival)
      .map(({ each }) => each);
  }

  function advance(): void {
    for (const next of inOrder().slice(0, Math.max(atOnce - running, 0))) {
      waiting = waiting.filter((each) => each !== next);
      running += 1;
      turn += 1;
      since.set(next.channel, turn);
      next.begin();
    }
    forget();
    for (const [before, each] of inOrder().entries()) each.onTurn?.(before);
  }

  /** A channel that neither waits nor was served just now begins anew. */
  function forget(): void {
    const kept = new Set(waiting.map(({ channel }) => channel));
    for (const [channel, last] of since) if (last < turn && !kept.has(channel)) since.delete(channel);
  }

  async function take(channel: string, { signal, onTurn }: Parameters<Turns>[2]): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((begin, reject) => {
      const entry: Waiting = {
        channel,
        onTurn,
        begin: () => {
          signal.removeEventListener('abort', leave);
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
      if (!since.has(channel)) since.set(channel, turn - JUST_BEFORE);
      waiting = [...waiting, entry];
      advance();
    });
  }

  return async (channel, work, options) => {
    await take(channel, options);
    try {
      return await work();
    } finally {
      running -= 1;
      advance();
    }
  };
}

export interface RunParts {
  readonly engine: Engine;
  readonly prices: Prices;
  /** Undefined where the engine takes turns by itself. */
  readonly turns?: Turns | undefined;
}

/** The channel that waits, and the callback with the number of statements before this one. */
export interface TurnOptions {
  readonly signal: AbortSignal;
  readonly spender: Pick<Spender, 'channel'>;
  readonly onTurn?: ((before: number) => void) | undefined;
  readonly onStart?: OnStart | undefined;
}

const AT_ONCE: Turns = (_, work) => work();

/** Runs a statement when its turn comes. @throws EngineError, with the dollars of what was billed all the same. */
export async function runInTurn(
  statement: Statement,
  take: TakePart,
  { engine, prices, turns = AT_ONCE }: RunParts,
  { signal, spender, onTurn, onStart }: TurnOptions,
): Promise<Run> {
  const waiting = onTurn === undefined ? { signal } : { signal, onTurn };
  const run = turns(spender.channel, () => engine.run(statement, take, signal, onStart), waiting);
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
  override readonly name = 'Interrupted';
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
