import type { QueryExecution, UnprocessedQueryExecutionId } from '@aws-sdk/client-athena';
import { isThrottled, isTransient, sdkFault } from '../faults.ts';
import { GIVE_UP_MS, nextPause, POLL_BACKOFF } from './athena-calls.ts';

/** After a fault the next look is further away. */
const FAULT_BACKOFF = { growth: 2, longestMs: 10_000 } as const;

/** The states of an execution that is not over, as Athena names them. */
export type PendingState = 'QUEUED' | 'RUNNING';

/** Callbacks of a watcher: exactly one of `ended` and `failed` is called, once. */
export interface WatcherEvents {
  readonly ended: (execution: QueryExecution) => void;
  readonly failed: (error: unknown) => void;
  readonly pending: (state: PendingState) => void;
}

/** Follows one execution from look to look. */
export interface Watcher {
  readonly runId: string;
  /** How long it wants to wait for the next look. */
  readonly pauseMs: () => number;
  readonly see: (execution: QueryExecution) => void;
  /** The look failed, after so long a pause. */
  readonly miss: (error: unknown, pausedMs: number) => void;
}

const FINAL_STATES: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);

/**
 * Follows one execution. Any state that is not a final one is waited for, known or not, and RUNNING may go back to
 * QUEUED. Throttling is waited out for as long as it lasts; other faults that pass are borne for a minute.
 */
export function createWatcher(runId: string, { ended, failed, pending }: WatcherEvents): Watcher {
  let pauseMs = POLL_BACKOFF.firstMs;
  let silentMs = 0;
  let lastState = '';
  return {
    runId,
    pauseMs: () => pauseMs,
    see(execution) {
      const state = execution.Status?.State ?? '';
      if (FINAL_STATES.has(state)) return ended(execution);
      silentMs = 0;
      pauseMs = nextPause(pauseMs, POLL_BACKOFF);
      if ((state === 'QUEUED' || state === 'RUNNING') && state !== lastState) pending(state);
      lastState = state;
    },
    miss(error, pausedMs) {
      if (!isThrottled(error)) silentMs += pausedMs;
      if (!mayPass(error) || silentMs > GIVE_UP_MS) return failed(error);
      pauseMs = nextPause(pauseMs, FAULT_BACKOFF);
    },
  };
}

/** Athena was reached when the execution was started: a name that is not found now is a fault of the network. */
function mayPass(error: unknown): boolean {
  return isTransient(error) || sdkFault(error).code === 'ENOTFOUND';
}

const REFUSED = /AccessDenied|not authorized/i;

/**
 * The fault of an execution whose state Athena leaves out of an answer about others. It has usually just been started
 * and is not known everywhere, so it is named like a fault that passes, unless Athena denies the access.
 */
export function unprocessedError({ ErrorCode = '', ErrorMessage = '' }: UnprocessedQueryExecutionId): Error {
  const error = new Error(ErrorMessage || ErrorCode || 'Athena left out the state of the execution');
  error.name = REFUSED.test(`${ErrorCode} ${ErrorMessage}`) ? 'AccessDeniedException' : 'TimeoutError';
  return error;
}
