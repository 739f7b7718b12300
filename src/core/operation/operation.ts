import type { SpendLimits, Who } from '../answer/budget.ts';
import type { Prices } from '../answer/cost.ts';
import type { Spending } from '../answer/store.ts';
import type { QueueAmounts } from '../answer/turns.ts';
import type { Cloud } from '../lake/cloud.ts';
import type { StoredRangeOf } from '../lake/cloud-sources.ts';
import type { Lake } from '../lake/lake.ts';
import type { S3Source } from '../lake/log-source.ts';
import type { SourceBook } from '../lake/source-book.ts';
import type { ArgSpec, ArgsOf } from '../line/argument.ts';
import type { Entry } from '../line/entry.ts';
import type { CannedQuery } from '../query/query.ts';
import type { Window } from '../time/window.ts';
import type { Journal } from './journal.ts';
import type { Plan } from './plan.ts';
import type { Report } from './report.ts';

/**
 * An entry that changes or shows flow logs instead of querying them: it reports, or it plans a change. A plan changes
 * nothing: core writes it down, shows it with a button, and carries it out once a person with that right has confirmed
 * it.
 */
export interface Operation<S extends ArgSpec = ArgSpec> extends Entry<S> {
  readonly kind: 'operation';
  /** Set on what carries out a change, for which a right is needed. */
  readonly changes?: true;
  act(args: ArgsOf<S>, context: OperationContext): Promise<Report | Plan>;
}

/** Declares an operation with its argument types inferred. */
export function defineOperation<const S extends ArgSpec>(
  operation: Omit<Operation<S>, 'kind' | 'windowed'> & Partial<Pick<Operation<S>, 'windowed'>>,
): Operation<S> {
  return { kind: 'operation', windowed: 'never', ...operation };
}

/** Whether an entry is an operation. */
export function isOperation(entry: Entry): entry is Operation {
  return entry.kind === 'operation';
}

/** Whether what an operation came to is a plan. */
export function isPlan(outcome: Report | Plan): outcome is Plan {
  return 'steps' in outcome;
}

/** A line that was understood as an operation. */
export interface Command {
  readonly operation: Operation;
  /** The argument values by name; the operation knows their types. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly window: Window | undefined;
  readonly zone: string;
  /** The line in its canonical form, its window as two instants: it parses to this command, at any time. */
  readonly line: string;
  readonly notes: readonly string[];
}

/** Where tables and results go, as configured. */
export interface OperationSettings {
  readonly database: string;
  readonly workgroup: string;
  /** `s3://…/`; undefined when it is not configured, and then one is proposed. */
  readonly resultLocation: string | undefined;
  /** What one query may scan before Athena stops it. */
  readonly scanLimitBytes: number;
  readonly prices: Prices;
  readonly limits: SpendLimits;
}

/** Carries out and calls off plans; only `confirm` and `cancel` use it. */
export interface Plans {
  /** Does what was planned, and goes on with what this same request began before. */
  confirm(id: string, typed: string | undefined): Promise<Report>;
  cancel(id: string): Promise<Report>;
}

/** What an operation may know and use. */
export interface OperationContext {
  readonly cloud: Cloud;
  readonly book: SourceBook;
  readonly settings: OperationSettings;
  readonly spending: Spending;
  /** How many questions of this process run and wait. */
  readonly queue: () => QueueAmounts;
  /** What was written down of earlier operations. */
  readonly journal: Pick<Journal, 'foundOut' | 'unfinished'>;
  readonly plans: Plans;
  /** The files of a source, and of no other one under the same prefix. */
  readonly lakeOf: (source: S3Source) => Lake;
  readonly storedRangeOf: StoredRangeOf;
  /** All queries, to list those that a flow log cannot answer. */
  readonly catalog: readonly CannedQuery[];
  /** The window that was said, if any. */
  readonly window: Window | undefined;
  readonly zone: string;
  /** Who asks, and where. */
  readonly person: string;
  readonly channel: string;
  readonly thread: string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** Whose command it is: the same id for every attempt. */
export interface ActRequest extends Who {
  readonly id: string;
  readonly channel: string;
  readonly thread: string;
}

/** How a command is carried out. */
export interface ActOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (report: Report) => void;
}
