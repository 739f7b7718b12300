import type { Who } from '../answer/budget.ts';
import type { Spending } from '../answer/store.ts';
import { UserError } from '../errors.ts';
import type { Cloud } from '../lake/cloud.ts';
import type { SourceBook } from '../lake/source-book.ts';
import { type CarryOutParts, createPlans } from './carry-out.ts';
import type { Journal } from './journal.ts';
import {
  type ActOptions,
  type ActRequest,
  type Command,
  isPlan,
  type OperationContext,
  type OperationSettings,
} from './operation.ts';
import type { Plan } from './plan.ts';
import { planReport } from './plan-report.ts';
import type { Report } from './report.ts';

/** Performs commands: reports, plans, or carries out a plan. */
export interface Act {
  perform(command: Command, request: ActRequest, options: ActOptions): Promise<Report>;
  /**
   * @throws UserError when the person has no right to the command. Called before the command begins, so that only they
   * read it.
   */
  refuse(command: Command, who: Who): void;
}

export interface ActParts extends Omit<CarryOutParts, 'journal'> {
  readonly cloud: Cloud;
  readonly book: SourceBook;
  readonly settings: OperationSettings;
  readonly spending: Spending;
  readonly queue: OperationContext['queue'];
  readonly lakeOf: OperationContext['lakeOf'];
  readonly storedRangeOf: OperationContext['storedRangeOf'];
  readonly catalog: OperationContext['catalog'];
  readonly journal: Journal;
  /** Short text that is never the same twice. */
  readonly newId: () => string;
}

/** A plan is in the journal before it is shown, so that what is confirmed is what is run. */
export function createAct(parts: ActParts): Act {
  const { cloud, book, settings, spending, queue, lakeOf, storedRangeOf, catalog, journal, now, newId } =
    parts;

  async function writeDown(plan: Plan, command: Command, request: ActRequest): Promise<Report> {
    const id = `op-${newId().replaceAll('-', '').slice(0, ID_CHARACTERS)}`;
    const { person, channel } = request;
    const asked = { line: command.line, person, channel, request: request.id };
    await journal.plan({ id, ...asked, plan, plannedAt: now() });
    return planReport(id, plan, parts.mayChange(request));
  }

  function refuse({ operation }: Command, who: Who): void {
    if (operation.changes !== true || parts.mayChange(who)) return;
    throw new UserError(`You may not \`${operation.name}\` what was planned.`, { hint: parts.whoMay });
  }

  async function perform(command: Command, request: ActRequest, options: ActOptions): Promise<Report> {
    const { signal, onProgress = () => {} } = options;
    const outcome = await command.operation.act(command.args, {
      cloud,
      book,
      settings,
      spending,
      queue,
      journal,
      lakeOf,
      storedRangeOf,
      catalog,
      now,
      signal,
      plans: createPlans(parts, { ...request, zone: command.zone }, { signal, onProgress }),
      window: command.window,
      zone: command.zone,
      person: request.person,
      channel: request.channel,
      thread: request.thread,
    });
    // The next question must see the change. A failed lookup here does not undo the command.
    if (command.operation.changes === true) await book.found(signal, { fresh: true }).catch(() => undefined);
    if (!isPlan(outcome)) return outcome;
    return outcome.steps.length === 0 ? nothingToDo(outcome) : writeDown(outcome, command, request);
  }

  return { perform, refuse };
}

/** Few enough to type, many enough that a typing error does not match another plan. */
const ID_CHARACTERS = 8;

function nothingToDo({ headline, sections, instead }: Plan): Report {
  return { headline, sections, next: instead.map((each) => ({ ...each, press: 'ask' })) };
}
