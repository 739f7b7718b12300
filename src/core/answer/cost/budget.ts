import { TooCostly } from '../../errors.ts';
import { writeLine } from '../../language/write-line.ts';
import type { SpendLimits } from '../../operation/operation-context.ts';
import type { Spending } from '../../ports/store.ts';
import type { FollowUp } from '../../query.ts';
import type { Question } from '../../question.ts';
import type { Cheaper } from './cheaper-lines.ts';
import type { Estimate } from './estimate.ts';

/** Whose budget a question counts for, beside everybody's. */
export interface Party {
  readonly channel: string;
  readonly thread: string;
}

/** Says no to a question that would cost more than may be spent without asking. */
export interface Budget {
  /**
   * Looks for cheaper lines only when they are needed.
   * @throws TooCostly with the estimate, the line that allows it, and cheaper ones.
   */
  check(
    question: Question,
    estimate: Estimate,
    party: Party,
    findCheaper: () => Promise<Cheaper>,
  ): Promise<void>;
}

/** What keeping a budget needs. */
export interface BudgetParts {
  readonly spending: Spending;
  readonly limits: SpendLimits;
  readonly now: () => Date;
}

/** Keeps questions, threads and days within their limits; `spend=` in a line is somebody's yes to that question. */
export function createBudget({ spending, limits, now }: BudgetParts): Budget {
  return {
    async check(question, estimate, { thread }, findCheaper) {
      const allowed = Number(question.args.spend ?? 0);
      if (estimate.dollars === 0 || allowed >= estimate.dollars) return;
      const whose = await exceeded(estimate.dollars, thread);
      if (whose === undefined) return;
      throw refusal(question, estimate, { whose, limitDollars: limits[whose] }, await findCheaper());
    },
  };

  async function exceeded(dollars: number, thread: string): Promise<keyof SpendLimits | undefined> {
    if (dollars > limits.question) return 'question';
    const inThread = thread === '' ? 0 : await spending.spent({ thread });
    if (inThread + dollars > limits.thread) return 'thread';
    // Days are UTC, as on the bill.
    const today = await spending.spent({ since: utcMidnight(now()) });
    return today + dollars > limits.day ? 'day' : undefined;
  }
}

function utcMidnight(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);
}

const DAY_MS = 86_400_000;
const CENT = 0.01;

function refusal(
  question: Question,
  estimate: Estimate,
  limit: { readonly whose: keyof SpendLimits; readonly limitDollars: number },
  { lines, sameForOneInterface }: Cheaper,
): TooCostly {
  const enough = Math.ceil(estimate.dollars / CENT) * CENT;
  return new TooCostly({
    line: question.line,
    estimate,
    ...limit,
    allow: allowing(question, enough),
    cheaper: lines,
    sameForOneInterface,
  });
}

function allowing({ query, args, window }: Question, dollars: number): FollowUp {
  const line = writeLine(query, { ...args, spend: dollars }, { kind: 'between', ...window });
  return { label: `Spend up to $${dollars.toFixed(2)}`, line };
}
