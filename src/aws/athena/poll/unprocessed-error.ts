import type { UnprocessedQueryExecutionId } from '@aws-sdk/client-athena';

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
