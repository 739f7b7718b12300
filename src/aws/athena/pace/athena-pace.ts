import { AWS_LIMITS } from '../../../core/flow-log/aws-limits.ts';
import { atMostASecond, type Rate, type RateParts } from './at-most-a-second.ts';

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
