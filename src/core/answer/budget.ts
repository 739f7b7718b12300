import { TooCostly } from '../errors.ts';
import { writeLine } from '../language/write-line.ts';
import type { SpendLimits } from '../operation/operation-context.ts';
import type { Spending } from '../ports/store.ts';
import type { FollowUp } from '../query.ts';
import type { Question } from '../question.ts';
import { speakDuration } from '../window/duration/speak-duration.ts';
import { writeDuration } from '../window/duration/write-duration.ts';
import type { Estimate } from './estimate.ts';

/** Whose budget a question counts for, beside everybody's. */
export interface Party {
  readonly channel: string;
  readonly thread: string;
}

/** Says no to a question that would cost more than may be spent without asking. */
export interface Budget {
  /** @throws TooCostly with the estimate, the line that allows it, and cheaper ones. */
  check(question: Question, estimate: Estimate, party: Party): Promise<void>;
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
    async check(question, estimate, { thread }) {
      const { dollars } = estimate;
      const allowed = Number(question.args.spend ?? 0);
      if (dollars === 0 || allowed >= dollars) return;
      if (dollars > limits.question) throw refusal(question, estimate, 'question', limits.question);
      const inThread = thread === '' ? 0 : await spending.spent({ thread });
      if (inThread + dollars > limits.thread) throw refusal(question, estimate, 'thread', limits.thread);
      // Days are UTC, as on the bill.
      const today = await spending.spent({ since: utcMidnight(now()) });
      if (today + dollars > limits.day) throw refusal(question, estimate, 'day', limits.day);
    },
  };
}

function utcMidnight(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);
}

const DAY_MS = 86_400_000;
const CENT = 0.01;
const SHORTER = 6;
const MINUTE_MS = 60_000;

function refusal(
  question: Question,
  estimate: Estimate,
  whose: keyof SpendLimits,
  limitDollars: number,
): TooCostly {
  const enough = Math.ceil(estimate.dollars / CENT) * CENT;
  return new TooCostly({
    line: question.line,
    estimate,
    whose,
    limitDollars,
    allow: allowing(question, enough),
    cheaper: cheaperThan(question),
  });
}

function allowing({ query, args, window }: Question, dollars: number): FollowUp {
  const line = writeLine(query, { ...args, spend: dollars }, { kind: 'between', ...window });
  return { label: `Spend up to $${dollars.toFixed(2)}`, line };
}

/** The newest part of the window: the files of an hour or a day are what is paid for. */
function cheaperThan({ query, args, window: { from, to } }: Question): readonly FollowUp[] {
  const lengthMs = Math.ceil((to.getTime() - from.getTime()) / SHORTER / MINUTE_MS) * MINUTE_MS;
  const shorter = { from: new Date(to.getTime() - lengthMs), to };
  if (shorter.from <= from) return [];
  return [
    {
      label: `Only the last ${writeDuration(speakDuration(lengthMs / 1000))}`,
      line: writeLine(query, args, { kind: 'between', ...shorter }),
    },
  ];
}
