import type { Answer } from '../core/answer/answer.ts';
import type { NextLine, Report, ReportSection } from '../core/operation/report.ts';
import { columnTitle } from './blocks/table-blocks.ts';
import { coverageDetails, coverageLine } from './coverage-lines.ts';
import { alignedLines, printable } from './plain-text.ts';
import { questionLine, receiptLine } from './question-lines.ts';

/** An answer for a terminal: headline, what was understood, table, receipt, coverage, next steps. */
export function answerText(answer: Answer, prompt: string): string {
  const { question, followUps } = answer;
  return [
    printable(answer.headline),
    questionLine(question),
    ...tableLines(answer),
    '',
    receiptLine(answer),
    coverageLine(answer),
    ...coverageDetails(answer),
    ...nextLines(followUps.map(({ label, line }) => `${label}: ${prompt}${line}`)),
    '',
  ].join('\n');
}

function tableLines({ columns, rows, question, names }: Answer): readonly string[] {
  if (rows.length === 0) return [];
  const header = columns.map((column) => columnTitle(column, question));
  const cells = rows.map((row) =>
    columns.map(({ name, column }) =>
      printable(column.show(row[name] ?? null, { zone: question.zone, names })),
    ),
  );
  const numeric = columns.map(({ column }) => column.numeric);
  return ['', ...alignedLines([header, ...cells], numeric)];
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
