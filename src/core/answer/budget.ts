import { UserError } from '../errors.ts';
import { standardArguments } from '../line/standard-arguments.ts';
import { writeLine } from '../line/write-line.ts';
import type { FollowUp } from '../query/query.ts';
import type { Question } from '../query/question.ts';
import { plural, showBytes, showCents } from '../wording.ts';
import type { Cheaper } from './cheaper-lines.ts';
import type { Estimate } from './cost.ts';
import type { Reserving } from './store.ts';

/** Whose budgets a question counts for: the person's, the thread's, and that of all. */
export interface Spender extends Who {
  readonly channel: string;
  readonly thread: string;
}

/** Refuses a question that would cost more than may be spent without approval. */
export interface Budget {
  /**
   * Sets the estimate aside until the question ends, so that questions that come meanwhile see it: `id` is the question
   * in flight. Looks for cheaper lines only when they are needed.
   * @throws TooCostly with the estimate, the line that allows it, and cheaper ones.
   */
  check(
    question: Question,
    estimate: Estimate,
    spender: Spender & { readonly id: string | undefined },
    findCheaper: () => Promise<Cheaper>,
  ): Promise<void>;
}

export interface BudgetParts {
  readonly reserving: Reserving;
  readonly limits: SpendLimits;
  /** Whether a person may approve a question above a limit. */
  readonly mayRaise: (who: Who) => boolean;
  /** What a person without that right can do, in one sentence. */
  readonly whoMayRaise: string;
  readonly now: () => Date;
}

/** Keeps questions, threads and days within their limits; `spend=` in a line agrees to the price of that question. */
export function createBudget({ reserving, limits, mayRaise, whoMayRaise, now }: BudgetParts): Budget {
  return {
    async check(question, estimate, { id, thread, ...who }, findCheaper) {
      const { dollars } = estimate;
      if (dollars === 0) return;
      const isAllowed = (standardArguments(question.args).spend ?? 0) >= dollars && mayRaise(who);
      const whose = await exceeded(id, dollars, isAllowed ? undefined : thread);
      if (whose === undefined) return;
      const limit = { whose, limitDollars: limits[whose], ...(!mayRaise(who) && { whoMay: whoMayRaise }) };
      throw refusal(question, estimate, limit, await findCheaper());
    },
  };

  /** `thread` is undefined for a question whose price was agreed to. */
  async function exceeded(
    id: string | undefined,
    dollars: number,
    thread: string | undefined,
  ): Promise<keyof SpendLimits | undefined> {
    const isAgreed = thread === undefined;
    if (!isAgreed && dollars > limits.question) return 'question';
    const at = now();
    const granted = await reserving.setAside(id, {
      dollars,
      at,
      thread: thread ?? '',
      limits: isAgreed ? undefined : limits,
      // Days are UTC, as on the bill.
      dayBegan: utcMidnight(at),
    });
    return granted === 'set-aside' ? undefined : granted;
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
  limit: { readonly whose: keyof SpendLimits; readonly limitDollars: number; readonly whoMay?: string },
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
  return { label: `Spend up to ${showCents(dollars)}`, line };
}

/** A person, as far as it decides what they may do. */
export interface Who {
  /** A user id of Slack, or `terminal`. */
  readonly person: string;
  /** A guest, or of another workspace: never meant by `everyone`. */
  readonly isOutsider?: boolean | undefined;
}

/** The dollars above which a person must approve a question before it runs. */
export interface SpendLimits {
  readonly question: number;
  readonly thread: number;
  readonly day: number;
}

/** A question that did not run because of its cost: nothing was billed. */
export class TooCostly extends UserError {
  /** A line that allows it, then cheaper ones. */
  readonly offers: readonly FollowUp[];

  constructor({ line, estimate, whose, limitDollars, allow, cheaper, ...asked }: CostlyQuestion) {
    const scanned = `${scannedBefore(estimate)}${showBytes(estimate.bytes)}`;
    const about = `\`${line}\` would scan ${scanned}, about ${showCents(estimate.dollars)}${without(estimate)}`;
    const yes = asked.whoMay ?? 'Say that it may cost that much';
    super(`${about}, ${LIMIT_WORDS[whose]} ${showCents(limitDollars)}.`, {
      hint: `Nothing was run. ${yes}, or ask for less${asked.sameForOneInterface ? SAME : ''}.`,
    });
    this.offers = [allow, ...cheaper];
  }
}

function scannedBefore({ exact, isRough }: Estimate): string {
  if (exact) return '';
  return isRough ? 'about ' : 'up to ';
}

/** The other price: `, or free with \`engine=direct\`, which would fetch up to 12 files (4.1 MB)`. */
function without({ fetchable }: Estimate): string {
  if (fetchable === undefined) return '';
  return ` on Athena, or nothing with \`engine=direct\`, which fetches up to ${plural(fetchable.files, 'file')} (${showBytes(fetchable.bytes)})`;
}

const LIMIT_WORDS = {
  question: 'and a question may cost',
  thread: 'and with what this thread has cost or has under way that is more than',
  day: 'and with what today has cost or has under way that is more than',
} as const;

const SAME = '; one interface alone would cost the same: Athena reads whole files';

export interface CostlyQuestion {
  readonly line: string;
  readonly estimate: Estimate;
  readonly whose: keyof typeof LIMIT_WORDS;
  readonly limitDollars: number;
  readonly allow: FollowUp;
  /** Who can approve it, for a person who may not: the beginning of a sentence. */
  readonly whoMay?: string;
  readonly cheaper: readonly FollowUp[];
  /** Whether asking for one interface alone would not cost less. */
  readonly sameForOneInterface?: boolean;
}
