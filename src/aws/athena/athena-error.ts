import type { QueryExecution } from '@aws-sdk/client-athena';
import { type Billed, EngineError, type EngineErrorCode } from '../../core/errors.ts';
import { redact } from '../../core/redact.ts';
import { engineCodeOf, sdkFault } from '../faults.ts';
import { faultMessage } from './fault-message.ts';

/** What is known where a call failed. */
export interface CallContext {
  readonly workgroup: string;
  readonly billed?: Billed | undefined;
}

/** The error of a question of which a call failed. */
export function callError(error: unknown, { workgroup, billed }: CallContext): EngineError {
  if (error instanceof EngineError) return error;
  const { name, message, code = '', AthenaErrorCode = '' } = sdkFault(error);
  const engineCode = engineCodeOf([name, code, AthenaErrorCode, message].join(' '));
  return new EngineError(engineCode, faultMessage(engineCode, message || name, workgroup), {
    cause: redacted(error),
    billed,
  });
}

/** The error of an execution that is over and gave no rows. */
export function executionError(execution: QueryExecution, workgroup: string): EngineError {
  const { State, StateChangeReason = '', AthenaError } = execution.Status ?? {};
  const reason = StateChangeReason || (AthenaError?.ErrorMessage ?? '');
  const code = State === 'CANCELLED' ? cancelledCode(reason) : engineCodeOf(reason, AthenaError?.ErrorType);
  return new EngineError(code, faultMessage(code, reason, workgroup), { billed: billedFor(execution, code) });
}

/** Cancelled by the workgroup's limit, by Athena's own time limit, or by a person: in the console, or before a restart. */
function cancelledCode(reason: string): EngineErrorCode {
  const code = engineCodeOf(reason);
  return code === 'over-limit' || code === 'timed-out' ? code : 'cancelled';
}

/** Who is at fault, as Athena counts: 1 is Athena itself. */
const ATHENA_AT_FAULT = 1;

/** A failure of Athena's own, or one that it says may pass: the only ones after which another execution is started. */
export function mayRunAgain({ Status }: QueryExecution): boolean {
  const { ErrorCategory, Retryable = false } = Status?.AthenaError ?? {};
  return Status?.State === 'FAILED' && (ErrorCategory === ATHENA_AT_FAULT || Retryable);
}

/**
 * What an execution is charged for that gave no rows. AWS: a query that a person or the workgroup's limit cancelled is
 * charged for what it scanned; one that failed or ran into Athena's own time limit is free.
 */
export function billedFor(execution: QueryExecution, code: EngineErrorCode): Billed | undefined {
  const { QueryExecutionId: runId = '', Status, Statistics } = execution;
  const isFree = (Status?.State === 'FAILED' && code !== 'over-limit') || code === 'timed-out';
  return isFree ? undefined : { runId, scannedBytes: Statistics?.DataScannedInBytes ?? 0 };
}

/** An error for the log: one of the SDK holds the whole request, with the session token among its headers. */
export function redacted(error: unknown): Error {
  const { name, message, $metadata } = sdkFault(error);
  const request = $metadata?.requestId === undefined ? '' : ` (request ${$metadata.requestId})`;
  return new Error(redact(`${name}: ${message}${request}`));
}
