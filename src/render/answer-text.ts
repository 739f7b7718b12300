import type { Answer } from '../core/answer/answer.ts';
import type { NextLine, Report, ReportSection } from '../core/operation/report.ts';
import { phraseText } from '../core/query/finding.ts';
import { columnTitle } from './blocks/table-blocks.ts';
import { coverageDetails, coverageLine } from './coverage-lines.ts';
import { alignedLines, cut, packed, printable } from './plain-text.ts';
import { questionLine, receiptLine } from './question-lines.ts';
import { displayOf, shownColumns } from './shown-columns.ts';
import { stateWords } from './state-words.ts';

/** Where text is read. */
export interface TextPlace {
  /** Written before lines that are offered: `flowlog `, or nothing in a prompt. */
  readonly prompt: string;
  /** How wide a line may be; undefined where that does not matter, as in a file. */
  readonly width?: number | undefined;
}

/** An answer for a terminal: what was found, what was understood, table, receipt, coverage, next steps. */
export function answerText(answer: Answer, { prompt, width }: TextPlace): string {
  const { question, followUps, finding } = answer;
  const state = stateWords(finding);
  const found = state === undefined ? answer.headline : `${state} · ${answer.headline}`;
  const facts = (finding.facts ?? []).map(({ label, value }) =>
    printable(`${label}: ${phraseText(value, displayOf(answer))}`),
  );
  const toKnow = [
    ...finding.wouldTell.map((sentence) => printable(phraseText(sentence, displayOf(answer)))),
    ...(finding.links ?? []).map(({ label, url }) => `${label}: ${url}`),
  ];
  const wrapped = (text: string) => (width === undefined ? [text] : packed(text.split(' '), ' ', width));
  return [
    ...wrapped(printable(found)),
    ...wrapped(questionLine(question)),
    ...(facts.length === 0 ? [] : ['', ...facts.flatMap(wrapped)]),
    ...tableLines(answer, width),
    '',
    ...[...toKnow, receiptLine(answer), coverageLine(answer), ...coverageDetails(answer)].flatMap(wrapped),
    ...nextLines(followUps.map(({ label, line }) => `${label}: ${prompt}${line}`)),
    '',
  ].join('\n');
}

/** A cell is cut before a column is left out. */
const LONGEST_CELL = 40;

function tableLines(answer: Answer, width: number | undefined): readonly string[] {
  const { rows } = answer;
  if (rows.length === 0) return [];
  if (width === undefined) return ['', ...alignedTable(answer, answer.columns, undefined)];
  const { columns, constant } = shownColumns(answer, rows);
  let amount = columns.length;
  const linesOf = (count: number) => alignedTable(answer, columns.slice(0, count), LONGEST_CELL);
  while (amount > 1 && linesOf(amount).some((line) => line.length > width)) amount -= 1;
  const missing = columns.slice(amount).map(({ column }) => column.title);
  return [
    '',
    ...(constant.length === 0 ? [] : [printable(constant.join(' · '))]),
    ...linesOf(amount),
    ...(missing.length === 0 ? [] : [`Not shown: ${missing.join(', ')}; --csv has them all.`]),
  ];
}

function alignedTable(
  answer: Answer,
  columns: Answer['columns'],
  longestCell: number | undefined,
): readonly string[] {
  const display = displayOf(answer);
  const shortened = (text: string) => (longestCell === undefined ? text : cut(text, longestCell));
  const header = columns.map((column) => columnTitle(column, answer.question));
  const cells = answer.rows.map((row) =>
    columns.map(({ name, column }) => shortened(printable(column.show(row[name] ?? null, display)))),
  );
  return alignedLines(
    [header, ...cells],
    columns.map(({ column }) => column.numeric),
  );
}

/** A report as text: for terminals, notifications, screen readers, and where no block is taken. */
export function reportText({ headline, sections, next }: Report, prompt = ''): string {
  const steps = next.map((step) => `${step.label}: ${prompt}${lineToType(step)}`);
  return printable([headline, ...sections.flatMap(sectionLines), ...nextLines(steps)].join('\n'));
}

/** Where lines are typed, the word that confirms is shown with the line; a button leaves it out. */
function lineToType({ line, typed }: NextLine): string {
  return typed === undefined ? line : `${line} ${typed}`;
}

function sectionLines({ title, lines = [], table, code }: ReportSection): readonly string[] {
  return [
    '',
    ...(title === undefined ? [] : [`${title}:`]),
    ...lines,
    ...(table === undefined ? [] : alignedLines([table.columns, ...table.rows])),
    ...(code === undefined ? [] : [code]),
  ];
}

function nextLines(steps: readonly string[]): readonly string[] {
  return steps.length === 0 ? [] : ['', 'Go on with', ...steps.map((step) => `  ${step}`)];
}
