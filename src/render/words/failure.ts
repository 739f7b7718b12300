import { EngineError, type EngineErrorCode, TooCostly, UserError } from '../../core/errors.ts';
import { faultWords } from '../../core/operation/fault-words.ts';
import { CloudError } from '../../core/ports/cloud/cloud-error.ts';
import type { FollowUp } from '../../core/query.ts';

/** What people read when something went wrong: what is wrong, and what to do next. */
export interface FailureWords {
  readonly problem: string;
  readonly next: string;
  /** A line that can be pasted or pressed. */
  readonly correctedLine?: string | undefined;
  /** Lines to choose from instead. */
  readonly offers?: readonly FollowUp[] | undefined;
}

const NEXT: Readonly<Record<EngineErrorCode, string>> = {
  rejected: 'This is a fault of flowlog: please report it with the SQL.',
  cancelled: 'Ask again when you need it.',
  'timed-out': 'Ask for a shorter window or one address, or raise `FLOWLOG_TIMEOUT_SECONDS`.',
  throttled: 'Others are asking too: try again in a minute.',
  denied: 'The engine may not read the logs: check the permissions of its folder or role.',
  exhausted: 'Ask for a shorter window or one address, or raise `FLOWLOG_MEMORY_MB`.',
  'missing-table': 'It costs nothing, and then ask again.',
  broken: 'Try again, and report it if it stays.',
};

const PROBLEM: Readonly<Record<EngineErrorCode, string>> = {
  rejected: 'The engine refused the statement',
  cancelled: 'The question was stopped before it was answered',
  'timed-out': 'The question took too long and was stopped',
  throttled: 'The engine is too busy',
  denied: 'The engine was denied access',
  exhausted: 'The question needs more memory than it may use',
  'missing-table': 'There is no table to ask',
  broken: 'The engine failed',
};

/** Finds the words for any failure; an error that nobody foresaw gets a reference that is also in the log. */
export function failureWords(error: unknown, reference: string): FailureWords {
  if (error instanceof TooCostly)
    return { problem: error.message, next: error.hint ?? '', offers: error.offers };
  if (error instanceof CloudError) return { problem: faultWords(error) ?? error.message, next: '' };
  if (error instanceof UserError) {
    return { problem: error.message, next: error.hint ?? '', correctedLine: error.correctedLine };
  }
  if (error instanceof EngineError) {
    const detail = error.code === 'cancelled' || error.code === 'timed-out' ? '' : ` (${error.message})`;
    const report = error.code === 'broken' || error.code === 'rejected' ? ` Reference: ${reference}.` : '';
    return { problem: `${PROBLEM[error.code]}${detail}.`, next: `${NEXT[error.code]}${report}` };
  }
  return {
    problem: 'Something went wrong that flowlog did not foresee.',
    next: `Nothing was billed that is not in the receipt. Ask again, and report reference ${reference} if it stays.`,
  };
}
