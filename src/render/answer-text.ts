import type { Answer } from '../core/answer/answer.ts';
import type { NextLine, Report, ReportSection } from '../core/operation/report.ts';
import { phraseText } from '../core/query/finding.ts';
import { columnTitle } from './blocks/table-blocks.ts';
import { coverageDetails, coverageLine } from './coverage-lines.ts';
import type { Paint } from './paint.ts';
import { alignedLines, cut, printable, widthOf } from './plain-text.ts';
import { questionLine, receiptLine } from './question-lines.ts';
import { displayOf, shownColumns } from './shown-columns.ts';
import { stateWords } from './state-words.ts';
import { barsOf } from './text-chart.ts';
import { offeredLines, wrapText } from './wrap-text.ts';

const UNPAINTED: Paint = (_, text) => text;

/** Where text is read. */
export interface TextPlace {
  /** Written before lines that are offered: `flowlog `, or nothing in a prompt. */
  readonly prompt: string;
  /** How wide a line may be; undefined where that does not matter, as in a file. */
  readonly width?: number | undefined;
  /** Set where there are colours; a chart is drawn where a width is set. */
  readonly paint?: Paint | undefined;
}

/** An answer for a terminal: what was found, what was understood, table, receipt, coverage, next steps. */
export function answerText(answer: Answer, place: TextPlace): string {
  const { prompt, width, paint = UNPAINTED } = place;
  const { question, followUps, finding } = answer;
  const facts = (finding.facts ?? []).map(({ label, value }) =>
    printable(`${label}: ${phraseText(value, displayOf(answer))}`),
  );
  const toKnow = [
    ...finding.wouldTell.map((sentence) => printable(phraseText(sentence, displayOf(answer)))),
    ...(finding.links ?? []).map(({ label, url }) => `${label}: ${url}`),
  ];
  const behind = [receiptLine(answer), coverageLine(answer), ...coverageDetails(answer)];
  const wrapped = (text: string) => wrapText(text, width, '  ');
  return [
    ...foundLines(answer, width, paint),
    ...wrapped(questionLine(question)).map((line) => paint('faint', line)),
    ...(facts.length === 0 ? [] : ['', ...facts.flatMap(wrapped)]),
    ...tableLines(answer, width, paint),
    '',
    ...toKnow.flatMap(wrapped),
    ...behind.flatMap(wrapped).map((line) => paint('faint', line)),
    ...nextLines(followUps, prompt, width),
    '',
  ].join('\n');
}

const SIGNS: Readonly<Record<string, 'good' | 'bad'>> = { '✓': 'good', '✕': 'bad' };

/** The state in its colour, the sentence set off. */
function foundLines(answer: Answer, width: number | undefined, paint: Paint): readonly string[] {
  const state = stateWords(answer.finding);
  const found = printable(state === undefined ? answer.headline : `${state} · ${answer.headline}`);
  const role = SIGNS[state?.charAt(0) ?? ''] ?? 'doubt';
  return wrapText(found, width).map((line, index) => {
    const isWithState = state !== undefined && index === 0 && line.startsWith(state);
    return isWithState
      ? `${paint(role, state)}${paint('strong', line.slice(state.length))}`
      : paint('strong', line);
  });
}

/** A cell is cut before a column is left out. */
const LONGEST_CELL = 40;
const SHORTEST_CELL = 8;

function tableLines(answer: Answer, width: number | undefined, paint: Paint): readonly string[] {
  const { rows } = answer;
  if (rows.length === 0) return [];
  if (width === undefined) return ['', ...alignedTable(answer, answer.columns, undefined)];
  const { columns, constant } = shownColumns(answer, rows);
  const longest = Math.max(SHORTEST_CELL, Math.min(LONGEST_CELL, width));
  const linesOf = (count: number) => alignedTable(answer, columns.slice(0, count), longest);
  let amount = columns.length;
  while (amount > 1 && linesOf(amount).some((line) => widthOf(line) > width)) amount -= 1;
  const missing = columns.slice(amount).map(({ column }) => column.title);
  return [
    '',
    ...(constant.length === 0 ? [] : wrapText(printable(constant.join(' · ')), width, '  ')),
    ...withBars(answer, linesOf(amount), width, paint),
    ...(missing.length === 0
      ? []
      : wrapText(`Not shown: ${missing.join(', ')}; --csv has them all.`, width, '  ')),
  ];
}

/** The lines of a table, each with its bar where the answer counts over time. */
function withBars(answer: Answer, lines: readonly string[], width: number, paint: Paint): readonly string[] {
  const widest = Math.max(...lines.map(widthOf));
  const bars = barsOf(answer, width - widest - 2, paint);
  if (bars === undefined) return lines;
  const [header = '', ...rows] = lines;
  const barred = rows.map((line, index) => {
    const bar = bars[index] ?? '';
    return bar === '' ? line : `${line}${' '.repeat(widest - widthOf(line) + 2)}${bar}`;
  });
  return [header, ...barred];
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
export function reportText(
  { headline, sections, next }: Report,
  prompt = '',
  width: number | undefined = undefined,
): string {
  const steps = next.map((step) => ({ label: step.label, line: lineToType(step) }));
  return printable(
    [
      ...wrapText(headline, width),
      ...sections.flatMap((section) => sectionLines(section, width)),
      ...nextLines(steps, prompt, width),
    ].join('\n'),
  );
}

/** Where lines are typed, the word that confirms is shown with the line; a button leaves it out. */
function lineToType({ line, typed }: NextLine): string {
  return typed === undefined ? line : `${line} ${typed}`;
}

function sectionLines(
  { title, lines = [], table, code }: ReportSection,
  width: number | undefined,
): readonly string[] {
  return [
    '',
    ...(title === undefined ? [] : [`${title}:`]),
    ...lines.flatMap((line) => wrapText(line, width, '  ')),
    ...(table === undefined ? [] : reportTableLines(table, width)),
    ...(code === undefined ? [] : [code]),
  ];
}

/** A table; where the terminal is narrower, the cells of each row below each other, for none is left out of a report. */
function reportTableLines(
  { columns, rows }: NonNullable<ReportSection['table']>,
  width: number | undefined,
): readonly string[] {
  const lines = alignedLines([columns, ...rows]);
  if (width === undefined || lines.every((line) => widthOf(line) <= width)) return lines;
  return rows.flatMap(([name = '', ...cells], index) => [
    ...(index === 0 ? [] : ['']),
    ...wrapText(name, width, '  '),
    ...cells.flatMap((cell, nth) => wrapText(`  ${columns[nth + 1] ?? ''}: ${cell}`, width, '    ')),
  ]);
}

function nextLines(
  steps: readonly { readonly label: string; readonly line: string }[],
  prompt: string,
  width: number | undefined,
): readonly string[] {
  if (steps.length === 0) return [];
  return ['', 'Go on with', ...steps.flatMap((step) => offeredLines(step, prompt, width))];
}
