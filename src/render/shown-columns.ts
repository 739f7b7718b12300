import type { Answer, AnswerColumn } from '../core/answer/answer.ts';
import { ABSENT, type ColumnKind, type DisplayContext, type Row } from '../core/query/columns.ts';

/** The columns that a reader gets to see, and what they need not be shown row by row. */
export interface ShownColumns {
  /** The deciding ones first. */
  readonly columns: readonly AnswerColumn[];
  /** What is the same in all rows, in words: `5432 postgres`, `tcp`, `to 10.0.21.31 db-1`. */
  readonly constant: readonly string[];
}

/** Kinds that say what a row is about; amounts and times that happen to be equal stay in the table. */
const ABOUT: ReadonlySet<ColumnKind> = new Set<ColumnKind>([
  'text',
  'address',
  'port',
  'protocol',
  'action',
  'interface',
]);

/** Chooses the columns for rows that are shown: what is the same in all of them is said once, the rest comes by weight. */
export function shownColumns(answer: Answer, rows: readonly Row[]): ShownColumns {
  const { question } = answer;
  const weight = (name: string) => {
    const place = (question.query.foremost as readonly string[]).indexOf(name);
    return place < 0 ? Number.POSITIVE_INFINITY : place;
  };
  const display = displayOf(answer);
  const equal = answer.columns.filter((column) => isConstant(column, rows, display));
  const kept = equal.length === answer.columns.length ? answer.columns : without(answer.columns, equal);
  return {
    columns: kept.toSorted((one, other) => compare(weight(one.name), weight(other.name))),
    constant: equal.length === answer.columns.length ? [] : equal.flatMap((each) => said(each, rows, answer)),
  };
}

/** How values of an answer are written. */
export function displayOf({ question, names }: Pick<Answer, 'question' | 'names'>): DisplayContext {
  return { zone: question.zone, names, window: question.window };
}

/** What Slack might read as markup stays in a cell, which is literal. */
const MARKUP = /[<>&]/;

function isConstant({ name, column }: AnswerColumn, rows: readonly Row[], display: DisplayContext): boolean {
  const [first] = rows;
  if (first === undefined || rows.length < 2 || !ABOUT.has(column.kind)) return false;
  const isEqual = rows.every((row) => row[name] === first[name]);
  return isEqual && !MARKUP.test(column.show(first[name] ?? null, display));
}

function without(all: readonly AnswerColumn[], some: readonly AnswerColumn[]): readonly AnswerColumn[] {
  return all.filter((column) => !some.includes(column));
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

/** Ports, protocols and actions need no title; what is absent in every row needs no words at all. */
function said({ name, column }: AnswerColumn, [first]: readonly Row[], answer: Answer): readonly string[] {
  const text = column.show(first?.[name] ?? null, displayOf(answer));
  if (text === ABSENT) return [];
  const { kind, title } = column;
  if (kind === 'protocol' || kind === 'action' || title === 'Port') return [text];
  return [`${title.charAt(0).toLowerCase()}${title.slice(1)} ${text}`];
}
