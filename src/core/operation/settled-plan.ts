import type { JournalEntry, OperationState } from '../ports/journal.ts';
import { showMoment } from '../window/show-moment.ts';
import { planSections } from './plan-report.ts';
import type { SettledPlan } from './report.ts';

/** Who confirmed a plan or called it off, when, and the time zone in which that is told. */
export interface Settled {
  readonly state: Exclude<OperationState, 'planned'>;
  readonly person: string;
  readonly at: Date;
  readonly zone: string;
}

/** A plan that nobody can press any more: as it was, and what became of it. */
export function settledPlan(
  { request, line, plan }: Pick<JournalEntry, 'request' | 'line' | 'plan'>,
  settled: Settled,
): SettledPlan {
  const sections = [...planSections(plan), { lines: [fate(settled)] }];
  return {
    request,
    line,
    report: { headline: plan.headline, sections, next: [], people: [settled.person] },
  };
}

function fate({ state, person, at, zone }: Settled): string {
  const who = `${person}, ${showMoment(at, zone)}.`;
  const words = {
    running: `Confirmed by ${who}`,
    done: `Done. Confirmed by ${who}`,
    failed: `Stopped before its end. Confirmed by ${who}`,
    cancelled: `Cancelled by ${who} Nothing was changed.`,
  };
  return words[state];
}
