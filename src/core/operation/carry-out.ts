import { differenceInMinutes } from 'date-fns';
import type { Who } from '../answer/budget.ts';
import { UserError } from '../errors.ts';
import { showMoment } from '../time/show-time.ts';
import { CLAIM_LASTS_MINUTES, type JournalEntry, type OperationState } from './journal.ts';
import type { ActOptions, ActRequest, Plans } from './operation.ts';
import { PLAN_LASTS_MINUTES, planSections, progressReport } from './plan-report.ts';
import type { Report, SettledPlan } from './report.ts';
import { endedReport, runSteps, type StepRunner } from './run-steps.ts';

export interface CarryOutParts extends StepRunner {
  /** Whether a person may change what runs in AWS. */
  readonly mayChange: (who: Who) => boolean;
  /** What to configure to give that right, in one sentence. */
  readonly whoMay: string;
}

/** Whose confirmation it is, and the time zone of the person. */
export type PlansRequest = ActRequest & { readonly zone: string };

/** Confirming and calling off for one request. */
export function createPlans(parts: CarryOutParts, request: PlansRequest, options: ActOptions): Plans {
  const { journal, now } = parts;
  const { zone, person } = request;

  async function planned(id: string): Promise<JournalEntry> {
    const entry = await journal.find(id);
    if (entry !== undefined) return entry;
    throw new UserError(`There is no plan \`${id}\`.`, {
      hint: 'Plan again: the id is shown with the plan.',
    });
  }

  /** What was claimed and cannot be read is not begun: it can be confirmed again. */
  async function claimedEntry(id: string): Promise<JournalEntry> {
    try {
      return await planned(id);
    } catch (error) {
      await journal.end(id, 'failed');
      throw error;
    }
  }

  return {
    async confirm(id, typed) {
      const entry = await planned(id);
      const isOurs = entry.claim?.request === request.id;
      // It ended, and the process was killed before its report was posted.
      if (isOurs && (entry.state === 'done' || entry.state === 'failed'))
        return withPlan(endedReport(parts, entry), entry, zone);
      // What this same request began before a restart goes on, whatever the clock says.
      if (!isOurs || entry.state !== 'running') refuse(entry, request, typed, parts);
      if (!(await journal.claim(id, request.id, request.person, now()))) throw tooLate(await planned(id));
      const claimed = await claimedEntry(id);
      const onProgress = (report: Report) => options.onProgress?.(withPlan(report, claimed, zone));
      const ended = await runSteps(parts, claimed, { ...options, onProgress });
      const report = endedReport(parts, ended, await journal.unwritten(id));
      return withPlan(report, ended, zone);
    },

    async cancel(id) {
      const entry = await planned(id);
      if (entry.person !== person && !parts.mayChange(request))
        throw new UserError(`Only who asked for \`${id}\`, or who may confirm it, may call it off.`, {
          hint: parts.whoMay,
        });
      if (!(await journal.end(id, 'cancelled', person))) throw tooLate(await planned(id));
      const report = progressReport({ ...entry, state: 'cancelled' }, 'Cancelled; nothing was changed');
      return { ...report, plan: settledPlan(entry, { state: 'cancelled', person, at: now(), zone }) };
    },
  };
}

/** Adds to a report what became of the plan. */
function withPlan(report: Report, entry: JournalEntry, zone: string): Report {
  const { state, claim } = entry;
  if (claim === undefined || state === 'planned') return report;
  return { ...report, plan: settledPlan(entry, { state, person: claim.person, at: claim.at, zone }) };
}

function refuse(
  entry: JournalEntry,
  who: ActRequest,
  typed: string | undefined,
  { mayChange, whoMay, now }: CarryOutParts,
): void {
  if (entry.state === 'done' || entry.state === 'cancelled') throw tooLate(entry);
  if (entry.state === 'running' && !isAbandoned(entry, now())) throw tooLate(entry);
  if (!mayChange(who)) throw new UserError(`You may not confirm \`${entry.id}\`.`, { hint: whoMay });
  const age = differenceInMinutes(now(), entry.plannedAt);
  // A failed operation can be resumed at any time: its steps check the state before they act.
  if (entry.state === 'planned' && age >= PLAN_LASTS_MINUTES)
    throw new UserError(
      `The plan \`${entry.id}\` is ${age} minutes old, and what it saw may have changed; nothing was done.`,
      { correctedLine: entry.line },
    );
  const wanted = entry.plan.typed;
  if (wanted === undefined || wanted === typed) return;
  const given = typed === undefined ? 'Nothing was typed' : `\`${typed.slice(0, LONGEST_QUOTED)}\` was typed`;
  throw new UserError(`${given} to confirm \`${entry.id}\`, which deletes for good; nothing was done.`, {
    hint: `Type \`confirm ${entry.id} ${wanted}\`.`,
  });
}

function isAbandoned({ claim, plannedAt }: JournalEntry, now: Date): boolean {
  return differenceInMinutes(now, claim?.at ?? plannedAt) >= CLAIM_LASTS_MINUTES;
}

const LONGEST_QUOTED = 60;

function tooLate({ id, state, claim }: JournalEntry): UserError {
  const words = {
    planned: 'was changed meanwhile',
    running: `is being done already, confirmed by ${claim?.person ?? 'another person'}`,
    done: 'was done already',
    failed: 'has failed',
    cancelled: 'was cancelled',
  };
  return new UserError(`\`${id}\` ${words[state]}.`, {
    hint:
      state === 'failed'
        ? `Type \`confirm ${id}\` to go on where it stopped.`
        : 'Plan again if it is still wanted.',
    ...(state === 'running' && claim !== undefined && { people: [claim.person] }),
  });
}

/** Who confirmed a plan or called it off, when, and the time zone in which that is shown. */
interface Settled {
  readonly state: Exclude<OperationState, 'planned'>;
  readonly person: string;
  readonly at: Date;
  readonly zone: string;
}

/** A plan without its buttons: as it was, and what became of it. */
function settledPlan(
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
