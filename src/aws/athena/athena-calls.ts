import type { AthenaClient } from '@aws-sdk/client-athena';
import { withDeadline } from '../../core/deadline.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { untilAborted } from '../../core/until-aborted.ts';
import { isTransient } from '../faults.ts';
import { createRate, type Rate, type RateClock } from '../rate.ts';

/** Time and chance, for pauses between attempts. */
export interface RetryOptions {
  /** Rejects as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** At least 0, less than 1. */
  readonly random: () => number;
}

/** How Athena is called: within its rates, and again after a fault that passes. */
export interface CallOptions extends RetryOptions {
  readonly pace: AthenaPace;
  /** How long an attempt may take, in milliseconds; two minutes when left out. */
  readonly attemptMs?: number | undefined;
}

/** Athena's client with how it is called. */
export interface AthenaCalls extends CallOptions {
  /** With time limits for connecting and for every request: the SDK has none of its own. */
  readonly client: Pick<AthenaClient, 'send'>;
}

/** A call whose rate Athena limits. */
export type LimitedCall = keyof typeof AWS_LIMITS.athenaCallsPerSecond;

/** Waits until a call may be made. Rejects with the signal's reason as soon as the signal is aborted. */
export type AthenaPace = (call: LimitedCall, signal: AbortSignal) => Promise<void>;

/** How pauses grow from the first to the longest. */
export interface Backoff {
  readonly firstMs: number;
  readonly growth: number;
  readonly longestMs: number;
}

const RETRY_BACKOFF: Backoff = { firstMs: 500, growth: 2, longestMs: 8_000 };

/**
 * Between two looks at an execution. Of the policies of eight clients, simulated for queries of 3 s in the median, this
 * one waits little after the end (0.55 s) for few calls (8).
 */
export const POLL_BACKOFF: Backoff = { firstMs: 250, growth: 1.25, longestMs: 2_000 };

/** Athena's bursts of throttling and the pauses of a fail-over are over by then; people do not wait longer either. */
export const GIVE_UP_MS = 60_000;

/**
 * How long one attempt may take, its whole answer and the SDK's own retries included, in milliseconds. The SDK's limit
 * ends with the first byte of an answer: a body that never ends would hold a question, or all that wait for executions.
 */
export const ATTEMPT_MS = 120_000;

/** The pause after one of so many milliseconds. */
export function nextPause(pauseMs: number, { growth, longestMs }: Omit<Backoff, 'firstMs'>): number {
  return Math.min(pauseMs * growth, longestMs);
}

/** Leaves half of a pause to chance, so that callers who failed together do not come back together. */
export function jittered(pauseMs: number, random: () => number): number {
  return pauseMs * (0.5 + random() / 2);
}

/**
 * Makes a call within its rate, and for a minute again while its fault is one that passes. Only for calls that may be
 * repeated: those that read, and those that carry a token. @throws what the last attempt threw, or the signal's reason.
 */
export async function callAthena<T>(
  name: LimitedCall,
  call: (signal: AbortSignal) => Promise<T>,
  { sleep, random, pace, attemptMs = ATTEMPT_MS }: CallOptions,
  signal: AbortSignal,
): Promise<T> {
  // A start that is under way is waited for: an execution whose id is not known cannot be stopped.
  const stopped = name === 'StartQueryExecution' ? undefined : signal;
  const attempt = (late: AbortSignal) => untilAborted(late, call(late));
  let waitedMs = 0;
  for (let pauseMs = RETRY_BACKOFF.firstMs; ; pauseMs = nextPause(pauseMs, RETRY_BACKOFF)) {
    await pace(name, signal);
    try {
      return await withDeadline(attemptMs, attempt, stopped);
    } catch (error) {
      if (!isTransient(error) || waitedMs >= GIVE_UP_MS) throw error;
    }
    const ms = jittered(pauseMs, random);
    await sleep(ms, signal);
    waitedMs += ms;
  }
}

/**
 * Keeps the calls of this process within the rates that Athena gives an account; one for all callers. The SDK's own
 * retries of throttled calls become slower each time, and are not counted.
 */
export function createAthenaPace(clock: RateClock): AthenaPace {
  const rates = new Map<string, Rate>(
    Object.entries(AWS_LIMITS.athenaCallsPerSecond).map(([call, perSecond]) => [
      call,
      createRate(perSecond, clock),
    ]),
  );
  return async (call, signal) => rates.get(call)?.(signal);
}
