import type { FieldName } from '../flow-log/fields.ts';
import type { AddressIdentity } from '../lake/identity-lookup.ts';
import type { Names } from '../lake/names.ts';
import type { RulesNow } from '../lake/rules-lookup.ts';
import type { SubjectRead } from '../lake/scan.ts';
import type { ArgSpec, ArgsOf } from '../line/argument.ts';
import type { Entry } from '../line/entry.ts';
import { SCOPE_ARGS } from '../line/standard-arguments.ts';
import type { Window } from '../time/window.ts';
import type { ColumnSpec, RowOf } from './columns.ts';
import type { Coverage, LogCoverage } from './coverage.ts';
import type { Judgement, Phrase } from './finding.ts';
import type { Selection } from './selection.ts';
import type { Total } from './totals.ts';

/** A next step: a button whose value is a line that a person could have typed. */
export interface FollowUp {
  readonly label: string;
  readonly line: string;
}

/** What a query gets with its arguments when it writes SQL or judges rows. */
export interface QueryContext {
  readonly window: Window;
  /** The asker's time zone, an IANA name. */
  readonly zone: string;
}

/** What a judgement over rows may know. */
export interface JudgeContext<T extends string = string> extends QueryContext {
  /** How far the records can be trusted. */
  readonly coverage: Coverage;
  /** What is known of the flow logs in each other window of the query, by its name. */
  readonly otherWindows: Readonly<Record<string, readonly LogCoverage[]>>;
  /** What addresses and interfaces are called. */
  readonly names: Names;
  /** What EC2 knows of the interfaces that the question is about; none where there is no EC2 to ask. */
  readonly subjects: readonly SubjectRead[];
  /** What EC2's rules say now of the addresses of the question; left out where the query does not ask for them. */
  readonly rules?: RulesNow | undefined;
  /** What the address of the question is; left out where the query does not ask for it. */
  readonly identity?: AddressIdentity | undefined;
  /** The query's totals, over all rows. */
  readonly totals: Readonly<Record<T, number>>;
  /** How many rows are shown. */
  readonly shown: number;
  /** Whether there are rows that are not shown. */
  readonly more: boolean;
  /** `at least ` where the logs may lack records, so that no amount is certain; empty otherwise. */
  readonly least: 'at least ' | '';
}

/** Sort terms, most important first: `bytes desc`. They must end in columns that make the order total. */
type Order<C extends ColumnSpec> = readonly (Extract<keyof C, string> | `${Extract<keyof C, string>} desc`)[];

/**
 * A canned query: everything that flowlog knows about one question. Parser, types, help, usage errors, the
 * README table and the smoke tests are derived from it.
 *
 * `sql` is a SELECT in parts, in the words of SQL: time, partitions, log status, order, limit and what coverage counts
 * are written around it by `statement`, so that an author cannot forget the filter that costs money.
 */
export interface CannedQuery<
  S extends ArgSpec = ArgSpec,
  C extends ColumnSpec = ColumnSpec,
  T extends string = string,
> extends Entry<S> {
  readonly kind: 'query';
  readonly windowed: 'always';
  /** Fields that it requires. */
  readonly needs: readonly FieldName[];
  readonly columns: C;
  readonly order: Order<C>;
  /** Fields that it reads where they are recorded, and does without where they are not. */
  readonly mayLack: readonly FieldName[];
  /** How many rows are shown unless the asker says otherwise, by an argument named `top`. */
  readonly limit: number;
  /** How many rows `judge` gets, where it needs more of them than are shown. */
  readonly judgedRows: number | undefined;
  /** The columns that are shown; all of them where it names none. Others are for `judge`. */
  readonly shown: readonly Extract<keyof C, string>[] | undefined;
  /**
   * The columns that decide, the weightiest first: who, what became of it, since when, until when, how much. Where there
   * is no room for all columns, as in a message, these are shown, and then the others in their order.
   */
  readonly foremost: readonly Extract<keyof C, string>[];
  /**
   * Other windows whose records it reads in the same scan, by name: the hour before, the same hour of the day before.
   * `flow.period` is the one that a record belongs to; the one that was asked for is `asked`.
   */
  windows?(asked: Window): Readonly<Record<string, Window>>;
  sql(args: ArgsOf<S>, context: QueryContext): Selection;
  /** What the headline counts over all rows; a list of records has none, for it is never read whole. */
  readonly totals: Readonly<Record<T, Total>>;
  /** The traffic that an empty answer is about; by default that which `action=` names. */
  asksFor(args: ArgsOf<S>): AskedTraffic;
  /** Whether `judge` needs all rows at once, so that they cannot be written into a file as they come. */
  readonly judgesAllRows: boolean;
  /**
   * What the rows mean: the rows as they are shown, with a finding. The rows given are those that are held: what is
   * counted comes from the totals. A finding is only said where there are rows.
   */
  judge(rows: readonly RowOf<C>[], args: ArgsOf<S>, context: JudgeContext<T>): Judgement<C>;
  /** Whether `judge` wants the rules of what carries the addresses of the question. */
  readonly asksRules: boolean;
  /** Whether `judge` wants to know what the address of the question is. */
  readonly asksIdentity: boolean;
  /** Options that every sentence of `judge` names where they matter; others are added to it. */
  readonly saidInSentence: readonly string[];
  /** Whether a row only shows what else was recorded: an answer of such rows alone is one without rows. */
  isBackground?(row: RowOf<C>): boolean;
  /** What was not seen, completing `No … seen`: `traffic to 10.0.1.5`. */
  subject(args: ArgsOf<S>): Phrase;
  /** Lines without a window: the answer's own window is added. */
  followUps?(rows: readonly RowOf<C>[], args: ArgsOf<S>): readonly FollowUp[];
}

/** Which traffic a question is about; `none` for one about the logs themselves. */
export type AskedTraffic = 'all' | 'accepted' | 'rejected' | 'none';

/** Members that a query may leave out, with their defaults. */
type Usual =
  | 'needs'
  | 'mayLack'
  | 'limit'
  | 'judgedRows'
  | 'shown'
  | 'asksRules'
  | 'asksIdentity'
  | 'foremost'
  | 'saidInSentence'
  | 'totals'
  | 'asksFor';

/** What a query's author writes: `judge`, or only the sentence where the rows are shown as the engine has them. */
type Declared<S extends ArgSpec, C extends ColumnSpec, T extends string> = Omit<
  CannedQuery<S, C, T>,
  'kind' | 'windowed' | 'judge' | 'judgesAllRows' | Usual
> &
  Partial<Pick<CannedQuery<S, C, T>, Usual>> &
  (
    | Pick<CannedQuery<S, C, T>, 'judge'>
    | { finding(rows: readonly RowOf<C>[], args: ArgsOf<S>, context: JudgeContext<T>): Said }
  );

/** What a simple query finds: a sentence, or one with the state that it means. */
type Said = Phrase | Judgement<ColumnSpec>['finding'];

/** Declares a query with its argument and row types inferred, and what every query takes and the usual choices filled in. */
export function defineQuery<
  const S extends ArgSpec,
  const C extends ColumnSpec,
  const T extends string = never,
>(query: Declared<S, C, T>): CannedQuery<S, C, T> {
  const args = { ...query.args, ...SCOPE_ARGS };
  const { totals = {} as Readonly<Record<T, Total>>, asksFor = asksForAction } = query;
  const usual = {
    kind: 'query',
    windowed: 'always',
    needs: [],
    mayLack: [],
    limit: 100,
    judgedRows: undefined,
    shown: undefined,
    asksRules: false,
    asksIdentity: false,
    foremost: [],
    saidInSentence: [],
  } as const;
  const declared = { ...usual, ...query, totals, asksFor, args };
  if ('judge' in query) return { ...declared, judge: query.judge, judgesAllRows: true };
  return {
    ...declared,
    judgesAllRows: false,
    judge: (rows, given, context) => ({ rows, finding: findingOf(query.finding(rows, given, context)) }),
  };
}

function findingOf(said: Said): Judgement<ColumnSpec>['finding'] {
  return 'sentence' in said ? said : { sentence: said };
}

/** The traffic that `action=` names. */
export function asksForAction({ action }: Readonly<Record<string, unknown>>): AskedTraffic {
  if (action === 'ACCEPT') return 'accepted';
  return action === 'REJECT' ? 'rejected' : 'all';
}

/** Whether an entry is a query. */
export function isQuery(entry: Entry): entry is CannedQuery {
  return entry.kind === 'query';
}
