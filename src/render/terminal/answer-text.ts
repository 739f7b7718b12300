import type { Answer } from '../../core/answer/answer.ts';
import type { TableCell } from '../blocks/block.ts';
import { alignedText } from '../blocks/table-blocks.ts';
import { columnTitle } from '../words/column-title.ts';
import { coverageLines } from '../words/coverage-lines.ts';
import { printable } from '../words/printable.ts';
import { questionLine } from '../words/question-line.ts';
import { receiptOf } from '../words/receipt.ts';

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
