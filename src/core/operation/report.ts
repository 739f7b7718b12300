import type { FollowUp } from '../query/query.ts';

/** Rows with a heading each, as text. */
export interface ReportTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A part of a report; absent members are not shown. */
export interface ReportSection {
  readonly title?: string;
  /** A sentence each; words in backticks are shown as code. */
  readonly lines?: readonly string[];
  readonly table?: ReportTable;
  /** Text in a fixed width: DDL, a policy, the first lines of a file. */
  readonly code?: string;
  /** Whether it is behind a fold where there are folds: what few read before they go on. */
  readonly folded?: boolean;
}

/** A button whose value is a line that a person could have typed. */
export interface NextLine extends FollowUp {
  /** `form` opens the line for typing one more word behind it, so that nothing is deleted by a slip of the thumb. */
  readonly press: 'ask' | 'form';
  readonly style?: 'primary' | 'danger';
  /** The word that must be typed behind the line: a button does not carry it, where lines are typed it is shown. */
  readonly typed?: string;
  /** What the typed word confirms, in one sentence. */
  readonly confirms?: string;
}

/** What became of a plan: the text that replaces its message. */
export interface SettledPlan {
  /** The request that planned it: its message is where that was answered. */
  readonly request: string;
  /** The line that planned it. */
  readonly line: string;
  readonly report: Report;
}

/** The result or progress of an operation. */
export interface Report {
  readonly headline: string;
  readonly sections: readonly ReportSection[];
  readonly next: readonly NextLine[];
  /** Ids of people in its lines: shown by their names where those are known. */
  readonly people?: readonly string[];
  /** The plan that this is about. */
  readonly plan?: SettledPlan;
  /** Something too long for a message. */
  readonly file?: { readonly name: string; readonly text: string };
}
