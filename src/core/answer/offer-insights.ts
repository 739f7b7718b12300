import { UserError } from '../errors.ts';
import { TooManyRecords } from '../lake/read-log-groups.ts';
import { standardArguments } from '../line/standard-arguments.ts';
import type { FollowUp } from '../query/query.ts';
import { absoluteLine, type Question } from '../query/question.ts';
import { showBytes, showDollars } from '../wording.ts';
import type { Priced } from './cheaper-lines.ts';
import { addressesOf } from './scan-windows.ts';

/** A question about more records than are fetched, with the line that has Logs Insights look for them. Nothing was run. */
export class MayAskInsights extends UserError {
  readonly offers: readonly FollowUp[];

  constructor({ message, hint = '' }: TooManyRecords, { question, estimate }: Priced) {
    const about = `about ${showDollars(estimate.dollars)}`;
    super(message, {
      hint: `${hint} Or have CloudWatch Logs Insights look for the records of its addresses alone: it reads about ${showBytes(estimate.bytes)} for that, which AWS bills, ${about}.`,
    });
    this.offers = [{ label: `Ask Logs Insights: ${about}`, line: absoluteLine(question) }];
  }
}

/**
 * Chooses what a question reads. @throws MayAskInsights where it was refused because of too many records, and Logs Insights can find
 * those of its addresses, with its price.
 */
export async function offeringInsights(
  question: Question,
  choose: (question: Question) => Promise<Priced>,
): Promise<Priced> {
  try {
    return await choose(question);
  } catch (error) {
    if (!(error instanceof TooManyRecords) || !canBeAsked(question)) throw error;
    const args = { ...question.args, engine: 'insights' };
    const priced = await choose({ ...question, args }).catch(() => undefined);
    throw priced === undefined ? error : new MayAskInsights(error, priced);
  }
}

function canBeAsked(question: Question): boolean {
  const addresses = addressesOf(question);
  const isUndecided = standardArguments(question.args).engine === undefined;
  return isUndecided && addresses.length > 0 && addresses.every(({ single }) => single);
}
