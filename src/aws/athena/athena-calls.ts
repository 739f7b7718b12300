import { AWS_LIMITS } from '../../core/aws-limits.ts';
import { isTransient } from './athena-error.ts';
import { atMostASecond, type Rate, type RateParts } from './rate.ts';

/** Time and chance, for pauses. */
export interface Patience {
  /** Rejects as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** At least 0, less than 1. */
  readonly random: () => number;
}

/** How Athena is called: not too often, and again after a fault that passes. */
export interface CallPatience extends Patience {
  readonly pace: AthenaPace;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** Athena's bursts of throttling and the pauses of a fail-over are over by then; people do not wait longer either. */
export const GIVE_UP_MS = 60_000;

/** Half of a pause is left to chance, so that callers who failed together do not come back together. */
export function jittered(pauseMs: number, random: () => number): number {
  return pauseMs * (0.5 + random() / 2);
}

/**
 * Makes a call when it is its turn, and again while its fault is one that passes, for a minute. Only for calls that may
 * be repeated: those that read, and those that carry a token. @throws what the last call threw, or the signal's reason.
 */
export async function patiently<T>(
  name: CountedCall,
  call: () => Promise<T>,
  { sleep, random, pace }: CallPatience,
  signal: AbortSignal,
): Promise<T> {
  let waitedMs = 0;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    await pace(name, signal);
    try {
      return await call();
    } catch (error) {
      if (!isTransient(error) || waitedMs >= GIVE_UP_MS) throw error;
    }
    const ms = jittered(pauseMs, random);
    await sleep(ms, signal);
    waitedMs += ms;
  }
}

/** A call that Athena counts. */
export type CountedCall = keyof typeof AWS_LIMITS.athenaCallsPerSecond;

/** Waits until a call may be made. Rejects with the signal's reason as soon as the signal is aborted. */
export type AthenaPace = (call: CountedCall, signal: AbortSignal) => Promise<void>;

/**
 * Keeps the calls of this process within what Athena lets an account make of each; one for all who call it. The SDK
 * repeats throttled calls by itself, more slowly each time, and those are not counted.
 */
export function createAthenaPace(parts: RateParts): AthenaPace {
  const rates = new Map<string, Rate>(
    Object.entries(AWS_LIMITS.athenaCallsPerSecond).map(([call, amount]) => [
      call,
      atMostASecond(amount, parts),
    ]),
  );
  return async (call, signal) => rates.get(call)?.(signal);
}
