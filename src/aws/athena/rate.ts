import { untilStopped } from '../call.ts';

/** Lets a caller through when it is its turn. Rejects with the signal's reason as soon as the signal is aborted. */
export type Rate = (signal: AbortSignal) => Promise<void>;

/** What keeping a rate needs from outside. */
export interface RateParts {
  /** Milliseconds since some moment; never goes back. */
  readonly elapsedMs: () => number;
  /** Rejects as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const SECOND_MS = 1_000;

/**
 * Lets so many through in any second, in the order in which they come. One who leaves the line makes room for the
 * next at once.
 */
export function atMostASecond(amount: number, { elapsedMs, sleep }: RateParts): Rate {
  const lately: number[] = [];
  let line: Promise<unknown> = Promise.resolve();

  function waitMs(): number {
    const [oldest] = lately;
    return oldest === undefined || lately.length < amount ? 0 : oldest + SECOND_MS - elapsedMs();
  }

  async function goThrough(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // A timer may wake a moment too early.
    for (let ms = waitMs(); ms > 0; ms = waitMs()) await sleep(ms, signal);
    if (lately.length === amount) lately.shift();
    lately.push(elapsedMs());
  }

  return async (signal) => {
    signal.throwIfAborted();
    const turn = line.then(() => goThrough(signal));
    line = turn.catch(() => {});
    await untilStopped(signal, turn);
  };
}
