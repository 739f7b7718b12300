import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { untilAborted } from '../core/until-aborted.ts';

/** Lets a caller through when it is its turn. Rejects with the signal's reason as soon as the signal is aborted. */
export type Rate = (signal: AbortSignal) => Promise<void>;

/** The clock that a rate is measured by. */
export interface RateClock {
  /** Milliseconds since some moment; never goes back. */
  readonly elapsedMs: () => number;
  /** Rejects as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const SECOND_MS = 1_000;

/** Lets so many callers through in any second, first come, first served. One who gives up makes room at once. */
export function createRate(perSecond: number, { elapsedMs, sleep }: RateClock): Rate {
  const latest: number[] = [];
  const oneByOne = pLimit(1);

  function waitMs(): number {
    const [oldest] = latest;
    return oldest === undefined || latest.length < perSecond ? 0 : oldest + SECOND_MS - elapsedMs();
  }

  async function goThrough(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // A timer may wake a moment too early.
    for (let ms = waitMs(); ms > 0; ms = waitMs()) await sleep(ms, signal);
    if (latest.length === perSecond) latest.shift();
    latest.push(elapsedMs());
  }

  return async (signal) => {
    signal.throwIfAborted();
    // Many calls of one question may wait at once; that so many listen to its signal is no leak.
    setMaxListeners(0, signal);
    await untilAborted(
      signal,
      oneByOne(() => goThrough(signal)),
    );
  };
}
