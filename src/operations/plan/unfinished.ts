import { CLAIM_LASTS_MINUTES, type JournalEntry } from '../../core/operation/journal.ts';
import type { OperationContext } from '../../core/operation/operation.ts';
import type { Report, ReportSection } from '../../core/operation/report.ts';
import { showMoment } from '../../core/time/show-time.ts';

/** Who did not go on for so long does not want to, or has done it otherwise. */
const LOOK_BACK_DAYS = 7;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What is half done: operations that were confirmed and have not come to their end, and how to go on with each. */
export async function unfinishedOperations({
  journal,
  now,
  zone,
}: Pick<OperationContext, 'journal' | 'now' | 'zone'>): Promise<
  Pick<Report, 'people'> & { readonly sections: readonly ReportSection[] }
> {
  const at = now();
  const entries = await journal.unfinished(new Date(at.getTime() - LOOK_BACK_DAYS * DAY_MS));
  if (entries.length === 0) return { sections: [] };
  const lines = entries.map((entry) => wordsOf(entry, at, zone));
  const people = entries.flatMap(({ claim }) => (claim === undefined ? [] : [claim.person]));
  return { sections: [{ title: 'Half done', lines }], people: [...new Set(people)] };
}

function wordsOf({ id, plan, state, claim, steps }: JournalEntry, now: Date, zone: string): string {
  const done = steps.filter((step) => step.state === 'done').length;
  const who = claim === undefined ? '' : ` by ${claim.person}, ${showMoment(claim.at, zone)}`;
  const begun = `${plan.headline} (\`${id}\`, confirmed${who}): ${done} of ${plan.steps.length} steps are done`;
  const isLeft = now.getTime() - (claim?.at.getTime() ?? 0) >= CLAIM_LASTS_MINUTES * MINUTE_MS;
  if (state === 'running' && !isLeft) return `${begun}; it goes on.`;
  const failed = steps.findLast((step) => step.state === 'failed');
  const why = failed === undefined ? 'then it stopped' : `then: ${failed.words.replace(/\.$/, '')}`;
  return `${begun}, ${why}. \`confirm ${[id, plan.typed].filter(Boolean).join(' ')}\` goes on.`;
}
