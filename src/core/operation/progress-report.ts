import type { JournalEntry, StepRecord } from '../ports/journal.ts';
import type { NextLine, Report } from './report.ts';

const MARKS: Readonly<Record<StepRecord['state'] | 'waiting', string>> = {
  waiting: '○',
  running: '…',
  done: '✓',
  failed: '✗',
};

/** How far an operation is: each step with its mark and what came of it. */
export function progressReport(
  entry: Pick<JournalEntry, 'id' | 'state' | 'plan' | 'steps'>,
  headline: string,
  next: readonly NextLine[] = [],
): Report {
  const { plan, steps, state, id } = entry;
  const lines = plan.steps.map(({ words }, index) => {
    const record = steps.find((each) => each.index === index);
    return `${MARKS[record?.state ?? 'waiting']} ${record === undefined || record.words === '' ? words : record.words}`;
  });
  const resume: readonly NextLine[] =
    state === 'failed'
      ? [{ label: 'Go on', line: confirmAgain(id, plan.typed), press: 'ask', style: 'primary' }]
      : [];
  return { headline, sections: [{ lines }], next: [...resume, ...next] };
}

/** What was typed once to confirm need not be typed again to go on. */
function confirmAgain(id: string, typed: string | undefined): string {
  return typed === undefined ? `confirm ${id}` : `confirm ${id} ${typed}`;
}
