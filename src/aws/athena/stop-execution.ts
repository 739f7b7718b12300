import { type AthenaClient, StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { Interrupted } from '../../core/answer/turn/interrupted.ts';
import { stopped } from '../../core/answer/turn/stopped.ts';
import type { Billed, EngineError } from '../../core/errors.ts';
import { type CallPatience, patiently } from './athena-calls.ts';
import { athenaError, billedFor, harmless } from './athena-error.ts';
import type { Poller } from './poller.ts';

/** What stopping needs from outside. */
export interface StopParts extends CallPatience {
  readonly client: Pick<AthenaClient, 'send'>;
  readonly poller: Poller;
  readonly workgroup: string;
}

/** How long a person who pressed stop waits for what it cost. */
const LAST_WORD_MS = 10_000;

/**
 * Ends an execution that nobody waits for any more, and returns the error of the question with what it is charged
 * for. When the app itself stops, the execution goes on, and is found again after the restart.
 */
export async function stopExecution(
  runId: string,
  cause: unknown,
  signal: AbortSignal,
  parts: StopParts,
): Promise<EngineError> {
  if (signal.reason instanceof Interrupted) return stopped(signal, harmless(cause));
  // The question's own signal is aborted, and would abort these calls too.
  const fresh = AbortSignal.timeout(LAST_WORD_MS);
  const billed = await lastWord(runId, fresh, parts);
  return signal.aborted ? stopped(signal, harmless(cause), billed) : athenaError(cause, { ...parts, billed });
}

async function lastWord(
  runId: string,
  signal: AbortSignal,
  { client, poller, ...patience }: StopParts,
): Promise<Billed | undefined> {
  const stop = new StopQueryExecutionCommand({ QueryExecutionId: runId });
  try {
    const send = () => client.send(stop, { abortSignal: signal });
    await patiently('StopQueryExecution', send, patience, signal);
  } catch {
    return { runId, scannedBytes: 0, goesOn: true };
  }
  try {
    return billedFor(await poller.final(runId, signal), 'cancelled');
  } catch {
    return { runId, scannedBytes: 0 };
  }
}
