import type { QueryExecution } from '@aws-sdk/client-athena';
import { type Billed, EngineError, type EngineErrorCode } from '../../core/errors.ts';
import { faultCode } from './fault-code.ts';
import { faultWords, withoutKeys } from './fault-words.ts';

/** What is known where a call failed. */
export interface FaultContext {
  readonly workgroup: string;
  readonly billed?: Billed | undefined;
}

/** Gives a fault of a call the code by which people are told what to do next. */
export function athenaError(error: unknown, { workgroup, billed }: FaultContext): EngineError {
  if (error instanceof EngineError) return error;
  const { name, message, code = '', AthenaErrorCode = '' } = faultOf(error);
  const told = faultCode([name, code, AthenaErrorCode, message].join(' '));
  return new EngineError(told, faultWords(told, message || name, workgroup), {
    cause: harmless(error),
    billed,
  });
}

/** The error of an execution that is over and gave no rows. */
export function executionError(execution: QueryExecution, workgroup: string): EngineError {
  const { State, StateChangeReason = '', AthenaError } = execution.Status ?? {};
  const text = StateChangeReason || (AthenaError?.ErrorMessage ?? '');
  const code = State === 'CANCELLED' ? cancelledCode(text) : faultCode(text, AthenaError?.ErrorType);
  return new EngineError(code, faultWords(code, text, workgroup), { billed: billedFor(execution, code) });
}

/** Cancelled by the workgroup's limit, by Athena's own time limit, or by a person: in the console, or before a restart. */
function cancelledCode(text: string): EngineErrorCode {
  const code = faultCode(text);
  return code === 'over-limit' || code === 'timed-out' ? code : 'cancelled';
}

/** A failure of Athena's own, or one that it says may pass: the only ones after which another execution is started. */
export function mayPass({ Status }: QueryExecution): boolean {
  const { ErrorCategory, Retryable = false } = Status?.AthenaError ?? {};
  return Status?.State === 'FAILED' && (ErrorCategory === 1 || Retryable);
}

/**
 * What an execution is charged for that gave us no rows. AWS: a cancelled query is charged for what it scanned, by a
 * person or by the workgroup's limit; a failed one is free, and one that runs into Athena's own time limit too.
 */
export function billedFor(execution: QueryExecution, code: EngineErrorCode): Billed | undefined {
  const { QueryExecutionId: runId = '', Status, Statistics } = execution;
  const free = (Status?.State === 'FAILED' && code !== 'over-limit') || code === 'timed-out';
  return free ? undefined : { runId, scannedBytes: Statistics?.DataScannedInBytes ?? 0 };
}

/**
 * What the log may know of a fault: an error of the SDK holds the whole request, with the session token among its
 * headers.
 */
export function harmless(error: unknown): Error {
  const { name, message, $metadata } = faultOf(error);
  const request = $metadata?.requestId === undefined ? '' : ` (request ${$metadata.requestId})`;
  return new Error(withoutKeys(`${name}: ${message}${request}`));
}

/** A fault as the SDK throws it, as far as anybody looks. */
interface Fault {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly AthenaErrorCode?: string;
}

const BUSY = /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|LimitExceeded)/;
const LOST = /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)$/;

/** Reads a fault; nothing is known of what is no Error. */
export function faultOf(error: unknown): Fault {
  return error instanceof Error ? error : { name: '', message: String(error) };
}

/** We ask more often than Athena lets us: it will answer later. */
export function isBusy(error: unknown): boolean {
  return BUSY.test(faultOf(error).name);
}

/** The same call may succeed in a moment: Athena is busy, has a fault of its own, or the connection broke. */
export function isTransient(error: unknown): boolean {
  const { name, code = '', $metadata } = faultOf(error);
  const serverFault = ($metadata?.httpStatusCode ?? 0) >= 500;
  return isBusy(error) || serverFault || LOST.test(code) || name === 'TimeoutError';
}
