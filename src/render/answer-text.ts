import type { Answer } from '../core/answer/answer.ts';
import type { NextLine, Report, ReportSection } from '../core/operation/report.ts';
import type { TableCell } from './blocks/block.ts';
import { alignedText, columnTitle } from './blocks/tables.ts';
import { coverageLines } from './coverage-lines.ts';
import { alignedRows, printable } from './plain-text.ts';
import { questionLine, receiptOf } from './question-lines.ts';

/** An answer for a terminal: headline, what was understood, table, receipt, coverage, lines to go on with. */
export function answerText(answer: Answer, prompt: string): string {
  const { question, followUps } = answer;
  const next = followUps.map(({ label, line }) => `  ${label}: ${prompt}${line}`);
  return [
    printable(answer.headline),
    questionLine(question),
    ...tableOf(answer),
    '',
    receiptOf(answer),
    ...coverageLines(answer),
    ...(next.length === 0 ? [] : ['', 'Go on with', ...next]),
    '',
  ].join('\n');
}

function tableOf({ columns, rows, question }: Answer): readonly string[] {
  if (rows.length === 0) return [];
  const header = columns.map((column) => textCell(columnTitle(column, question)));
  const cells = rows.map((row) =>
    columns.map(({ name, column }) => textCell(printable(column.show(row[name] ?? null, question.zone)))),
  );
  return ['', alignedText(columns, [header, ...cells])];
}

function textCell(text: string): TableCell {
  return { type: 'raw_text', text };
}

/** A report in words: for terminals, notifications, screen readers, and where no block is taken. */
export function reportText({ headline, sections, next }: Report, prompt = ''): string {
  const lines = next.map((each) => `  ${each.label}: ${prompt}${lineToType(each)}`);
  return printable(
    [
      headline,
      ...sections.flatMap(sectionLines),
      ...(lines.length === 0 ? [] : ['', 'Go on with', ...lines]),
    ].join('\n'),
  );
}

function lineToType({ line, typed }: NextLine): string {
  return typed === undefined ? line : `${line} ${typed}`;
}

function sectionLines({ title, lines = [], table, code }: ReportSection): readonly string[] {
  return [
    '',
    ...(title === undefined ? [] : [`${title}:`]),
    ...lines,
    ...(table === undefined ? [] : [alignedRows([table.columns, ...table.rows])]),
    ...(code === undefined ? [] : [code]),
  ];
}
