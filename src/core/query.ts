import type { Coverage } from './answer/coverage/coverage.ts';
import type { ArgSpec, ArgsOf } from './args/arg.ts';
import { SCOPE_ARGS } from './args/scope-args.ts';
import type { ColumnSpec, RowOf } from './columns/column.ts';
import type { Entry } from './entry.ts';
import type { FieldName } from './flow-log/fields.ts';
import type { Selection } from './selection/selection.ts';
import type { Window } from './window/window.ts';

/** A next step: a button whose value is a line that a person could have typed. */
export interface FollowUp {
  readonly label: string;
  readonly line: string;
}

/** What a query may know beside its arguments when it writes SQL or judges rows. */
export interface QueryContext {
  readonly window: Window;
  /** The asker's time zone, an IANA name. */
  readonly zone: string;
}

/** What a judgement over rows may know: the context, and how far the records can be trusted. */
export interface JudgeContext extends QueryContext {
  readonly coverage: Coverage;
}

/** Sort terms, most important first: `bytes desc`. They must end in columns that make the order total. */
export type Order<C extends ColumnSpec> = readonly (
  | Extract<keyof C, string>
  | `${Extract<keyof C, string>} desc`
)[];

/**
 * A canned query: everything that flowlog knows about one question. Parser, types, help, usage errors, the
 * README table and the smoke tests are derived from it.
 *
 * `sql` is a SELECT in parts, in the words of SQL: time, partitions, log status, order, limit and what coverage counts
 * are written around it by `statement`, so that an author cannot forget the filter that costs money.
 */
export interface CannedQuery<S extends ArgSpec = ArgSpec, C extends ColumnSpec = ColumnSpec>
  extends Entry<S> {
  readonly windowed: 'always';
  /** Fields that it cannot do without. */
  readonly needs: readonly FieldName[];
  readonly columns: C;
  readonly order: Order<C>;
  /** How many rows are shown unless the asker says otherwise, by an argument named `top`. */
  readonly limit: number;
  sql(args: ArgsOf<S>, context: QueryContext): Selection;
  /** A judgement in code over the rows of the engine, where SQL alone cannot tell. */
  judge?(rows: readonly RowOf<C>[], args: ArgsOf<S>, context: JudgeContext): readonly RowOf<C>[];
  /** The answer in one sentence, over the rows shown; `more` tells that there are others. Only asked when there are rows. */
  headline(rows: readonly RowOf<C>[], args: ArgsOf<S>, more: boolean): string;
  /** What was not seen, completing `No … seen`: `traffic to 10.0.1.5`. */
  subject(args: ArgsOf<S>): string;
  /** Lines without a window: the answer's own window is added. */
  followUps?(rows: readonly RowOf<C>[], args: ArgsOf<S>): readonly FollowUp[];
}

/** Declares a query with its argument and row types inferred, and what every query takes and the usual choices filled in. */
export function defineQuery<const S extends ArgSpec, const C extends ColumnSpec>(
  query: Omit<CannedQuery<S, C>, 'needs' | 'limit' | 'windowed'> &
    Partial<Pick<CannedQuery<S, C>, 'needs' | 'limit'>>,
): CannedQuery<S, C> {
  const args = { ...query.args, ...SCOPE_ARGS };
  return { needs: [], limit: 100, windowed: 'always', ...query, args };
}

/** Whether an entry is a query. */
export function isQuery(entry: Entry): entry is CannedQuery {
  return 'sql' in entry;
}
