import type { Prices } from '../answer/cost/cost.ts';
import type { Cloud } from '../ports/cloud/cloud.ts';
import type { Journal } from '../ports/journal.ts';
import type { Lake } from '../ports/lake.ts';
import type { Spending } from '../ports/store.ts';
import type { CannedQuery } from '../query.ts';
import type { LogSource } from '../source/log-source.ts';
import type { SourceBook } from '../source/source-book.ts';
import type { Window } from '../window/window.ts';
import type { Report } from './report.ts';

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

/** From how many dollars on somebody must say yes before a question is asked. */
export interface SpendLimits {
  readonly question: number;
  readonly thread: number;
  readonly day: number;
}

/** What carrying out and calling off a plan needs of the outside; `confirm` and `cancel` are its only users. */
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
  /** What was written down of earlier operations. */
  readonly journal: Pick<Journal, 'foundOut'>;
  readonly plans: Plans;
  /** The files of a source, and of no other one under the same prefix. */
  readonly lakeOf: (source: LogSource) => Lake;
  /** What can be asked, to tell which questions a flow log cannot answer. */
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
