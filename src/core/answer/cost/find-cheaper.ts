import type { Question } from '../../question.ts';
import { type Cheaper, cheaperLines, type Priced } from './cheaper-lines.ts';
import type { Estimate } from './estimate.ts';
import { narrowerQuestions } from './narrower-questions.ts';

/** Looks for lines that cost less than what was asked. What a line would cost and cannot be told is not offered: never throws. */
export async function findCheaper(
  asked: Priced,
  weigh: (narrower: Question) => Promise<Estimate>,
): Promise<Cheaper> {
  const weighed = narrowerQuestions(asked.question, asked.scan.flowLogs ?? []).map(async (narrower) => ({
    ...narrower,
    estimate: await weigh(narrower.question).catch(() => undefined),
  }));
  return cheaperLines(asked, await Promise.all(weighed));
}
