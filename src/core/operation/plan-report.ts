import type { JournalEntry, StepRecord } from './journal.ts';
import type { Plan, PlannedStep } from './plan.ts';
import type { NextLine, Report, ReportSection } from './report.ts';

/** After this long a plan is not carried out any more: what it saw may have changed. */
export const PLAN_LASTS_MINUTES = 15;

/** A plan for those who are to confirm it: each step with its exact calls, its price and the way back. */
export function planReport(id: string, plan: Plan, mayConfirm: boolean): Report {
  const { headline, typed, instead } = plan;
  const who = mayConfirm ? '' : ' You may not confirm it; a person with that right can, in this thread.';
  const how =
    typed === undefined
      ? `Nothing has been changed. \`confirm ${id}\` does it, within ${PLAN_LASTS_MINUTES} minutes.${who}`
      : `Nothing has been changed. \`confirm ${id} ${typed}\` does it, within ${PLAN_LASTS_MINUTES} minutes.${who}`;
  return {
    headline,
    sections: [...planSections(plan), { lines: [how] }],
    next: [
      confirmLine(id, plan),
      { label: 'Cancel', line: `cancel ${id}`, press: 'ask' },
      ...others(instead),
    ],
  };
}

/** What a plan says: its steps, what must be known, and to unfold the policies, DDL and exact calls. */
export function planSections({ sections, steps }: Plan): readonly ReportSection[] {
  const calls = steps.flatMap((step) => step.calls).join('\n');
  return [
    { lines: steps.map(stepLine) },
    ...sections.filter(({ code }) => code === undefined),
    ...[...sections.filter(({ code }) => code !== undefined), { title: 'The exact calls', code: calls }].map(
      (section) => ({ ...section, folded: true }),
    ),
  ];
}

function stepLine({ words, cost, undo }: PlannedStep, index: number): string {
  return `${index + 1}. ${words} (${cost}; ${undo})`;
}

function confirmLine(id: string, { typed, headline }: Plan): NextLine {
  const line = `confirm ${id}`;
  return typed === undefined
    ? { label: 'Do it', line, press: 'ask', style: 'primary' }
    : { label: 'Do it…', line, press: 'form', style: 'danger', typed, confirms: headline };
}

function others(instead: Plan['instead']): readonly NextLine[] {
  return instead.map((each) => ({ ...each, press: 'ask' }));
}

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
