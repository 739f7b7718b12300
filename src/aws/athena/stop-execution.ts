import { StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { Interrupted, stopped } from '../../core/answer/turns.ts';
import { withDeadline } from '../../core/deadline.ts';
import type { Billed, EngineError } from '../../core/errors.ts';
import { type AthenaCalls, callAthena } from './athena-calls.ts';
import { billedFor, callError, redacted } from './athena-error.ts';
import type { Poller } from './poller.ts';

/** How an execution is stopped, and its end waited for. */
export interface StopParts extends AthenaCalls {
  readonly poller: Poller;
  readonly workgroup: string;
}

/** How long a person who pressed stop waits for what it cost. */
const COST_TIMEOUT_MS = 10_000;

/**
 * Stops an execution that is not waited for any more, and returns the error of the question with what it is charged
 * for. When the app itself stops, the execution goes on, and is found again after the restart.
 */
export async function stopExecution(
  runId: string,
  cause: unknown,
  signal: AbortSignal,
  parts: StopParts,
): Promise<EngineError> {
  if (signal.reason instanceof Interrupted) return stopped(signal, redacted(cause));
  // The question's own signal is aborted, and would abort these calls too.
  const billed = await withDeadline(COST_TIMEOUT_MS, (fresh) => stopAndBill(runId, fresh, parts));
  return signal.aborted ? stopped(signal, redacted(cause), billed) : callError(cause, { ...parts, billed });
}

async function stopAndBill(
  runId: string,
  signal: AbortSignal,
  { client, poller, ...options }: StopParts,
): Promise<Billed | undefined> {
  const command = new StopQueryExecutionCommand({ QueryExecutionId: runId });
  try {
    const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
    await callAthena('StopQueryExecution', send, options, signal);
  } catch {
    return { runId, scannedBytes: 0, goesOn: true };
  }
  try {
    return billedFor(await poller.final(runId, signal), 'cancelled');
  } catch {
    return { runId, scannedBytes: 0 };
  }
}
