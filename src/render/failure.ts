import { TooCostly } from '../core/answer/budget.ts';
import { MayAskInsights } from '../core/answer/offer-insights.ts';
import { type Billed, EngineError, type EngineErrorCode, StoreError, UserError } from '../core/errors.ts';
import { CloudError } from '../core/lake/cloud.ts';
import { ADVICE, errorWords } from '../core/operation/error-words.ts';
import { AmbiguousName } from '../core/operation/resolve-names.ts';
import type { FollowUp } from '../core/query/query.ts';
import { showBytes, showDollars } from '../core/wording.ts';

/** What people read when something went wrong: what is wrong, and what to do next. */
export interface FailureWords {
  readonly problem: string;
  readonly next: string;
  /** A line that can be pasted or pressed. */
  readonly correctedLine?: string | undefined;
  /** Ids of people that occur in the problem. */
  readonly people?: readonly string[] | undefined;
  /** Lines to choose from instead. */
  readonly offers?: readonly FollowUp[] | undefined;
}

const PROBLEM: Readonly<Record<EngineErrorCode, string>> = {
  rejected: 'The engine refused the statement',
  cancelled: 'The question was stopped before it was answered',
  'timed-out': 'The question took too long and was stopped',
  'over-limit': 'The question read more than the workgroup allows one query, and was stopped',
  throttled: 'The engine is too busy',
  denied: 'The engine was denied access',
  expired: 'The credentials of the app are not valid any more',
  'not-set-up': 'Athena is not set up for flowlog',
  'missing-table': 'The table of the flow logs is not there',
  'wrong-region': 'Athena and its buckets are not in the same region',
  exhausted: 'The question needs more memory than it may use',
  unreadable: 'A file under the prefix of the flow log cannot be read',
  'lost-result': 'Athena has the answer, but its result is not in S3 any more',
  broken: 'The engine failed',
};

/** Codes whose detail adds nothing that people can use. */
const WITHOUT_DETAIL: ReadonlySet<EngineErrorCode> = new Set<EngineErrorCode>(['cancelled', 'timed-out']);

/** Codes that should be reported to whoever maintains flowlog. */
const REPORTED: ReadonlySet<EngineErrorCode> = new Set<EngineErrorCode>(['broken', 'rejected']);

/** Finds the words for any failure; an unexpected error gets a reference that is also in the log. */
export function failureWords(error: unknown, reference: string): FailureWords {
  if (error instanceof TooCostly || error instanceof AmbiguousName || error instanceof MayAskInsights)
    return { problem: error.message, next: error.hint ?? '', offers: error.offers };
  if (error instanceof CloudError) return { problem: errorWords(error) ?? error.message, next: '' };
  if (error instanceof StoreError) return { problem: error.message, next: error.hint };
  if (error instanceof UserError) {
    const { message, hint, correctedLine, people } = error;
    return { problem: message, next: hint ?? '', correctedLine, people };
  }
  if (error instanceof EngineError) {
    const { code, message, billed } = error;
    const detail = WITHOUT_DETAIL.has(code) ? '' : ` (${message})`;
    const report = REPORTED.has(code) ? ` Reference: ${reference}.` : '';
    return { problem: `${PROBLEM[code]}${detail}.${charge(billed)}`, next: `${ADVICE[code]}${report}` };
  }
  return {
    problem: 'Something went wrong that flowlog did not foresee.',
    next: `Nothing was billed that is not in the receipt. Ask again, and report reference ${reference} if it stays.`,
  };
}

/** A run without an answer may still cost money, which no receipt shows. */
function charge(billed: Billed | undefined): string {
  if (billed === undefined) return '';
  const { scannedBytes, runId, goesOn = false, dollars, by = 'Athena' } = billed;
  if (goesOn) return ` It could not be stopped: ${by} goes on with ${runId}, and bills all that it reads.`;
  if (scannedBytes === 0) return '';
  const price = dollars === undefined ? '' : `, about ${showDollars(dollars)}`;
  return ` ${by} bills the ${showBytes(scannedBytes)} that were read until then${price}.`;
}
