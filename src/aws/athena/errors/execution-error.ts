import type { QueryExecution } from '@aws-sdk/client-athena';
import { EngineError, type EngineErrorCode } from '../../../core/errors.ts';
import { billedFor } from '../billed-for.ts';
import { faultCode } from './fault-code.ts';
import { faultWords } from './fault-words.ts';

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
