import type { QueryExecution, UnprocessedQueryExecutionId } from '@aws-sdk/client-athena';
import { GIVE_UP_MS } from './athena-calls.ts';
import { faultOf, isBusy, isTransient } from './athena-error.ts';

/**
 * 0.25 s, 1.25 times as long each time, 2 s at most: of the policies of eight clients, simulated for queries of 3 s in
 * the median, the one that waits little after the end (0.55 s) for few calls (8).
 */
export const FIRST_PAUSE_MS = 250;
const GROWTH = 1.25;
const LONGEST_PAUSE_MS = 2_000;
/** After a fault the next look is further away. */
const BACKOFF = 2;
const LONGEST_BACKOFF_MS = 10_000;

/** Where an execution is, as far as it is told while it is not over. */
export type PendingState = 'QUEUED' | 'RUNNING';

/** What becomes of an execution that is waited for. */
export interface Outcome {
  readonly over: (execution: QueryExecution) => void;
  readonly lost: (error: unknown) => void;
  readonly pending: (state: PendingState) => void;
}

/** One who waits for an execution. */
export interface Watcher {
  readonly runId: string;
  /** How long it wants to wait for the next look. */
  readonly pauseMs: () => number;
  readonly hear: (execution: QueryExecution) => void;
  /** The look failed, after so long a pause. */
  readonly miss: (error: unknown, pausedMs: number) => void;
}

const OVER: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);

/**
 * Follows one execution. Any state that is not a final one is waited for, known or not, and RUNNING may go back to
 * QUEUED. While Athena only says that it is busy, the question waits; other faults that pass are borne for a minute.
 */
export function createWatcher(runId: string, { over, lost, pending }: Outcome): Watcher {
  let pauseMs = FIRST_PAUSE_MS;
  let silentMs = 0;
  let told = '';
  return {
    runId,
    pauseMs: () => pauseMs,
    hear(execution) {
      const state = execution.Status?.State ?? '';
      if (OVER.has(state)) return over(execution);
      silentMs = 0;
      pauseMs = Math.min(pauseMs * GROWTH, LONGEST_PAUSE_MS);
      if ((state === 'QUEUED' || state === 'RUNNING') && state !== told) pending(state);
      told = state;
    },
    miss(error, pausedMs) {
      if (!isBusy(error)) silentMs += pausedMs;
      if (!passes(error) || silentMs > GIVE_UP_MS) return lost(error);
      pauseMs = Math.min(pauseMs * BACKOFF, LONGEST_BACKOFF_MS);
    },
  };
}

/** Athena was reached when the execution was started: a name that is not found now is a fault of the network. */
function passes(error: unknown): boolean {
  return isTransient(error) || faultOf(error).code === 'ENOTFOUND';
}

const REFUSED = /AccessDenied|not authorized/i;

/**
 * The fault of an execution of which Athena tells no state, in an answer about others. It has usually just been taken
 * and is not known everywhere, so it is named like a fault that passes, unless Athena says that we may not ask.
 */
export function unprocessedError({ ErrorCode = '', ErrorMessage = '' }: UnprocessedQueryExecutionId): Error {
  const error = new Error(ErrorMessage || ErrorCode || 'Athena told no state of the execution');
  error.name = REFUSED.test(`${ErrorCode} ${ErrorMessage}`) ? 'AccessDeniedException' : 'TimeoutError';
  return error;
}
