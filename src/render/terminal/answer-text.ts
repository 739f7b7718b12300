import type { Answer } from '../../core/answer/answer.ts';
import { zoneName } from '../../core/window/zone-name.ts';
import { alignedText } from '../blocks/table-blocks.ts';
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
  const zone = zoneName(question.window.from, question.zone);
  const header = columns.map(({ column }) => ({
    type: 'raw_text' as const,
    text: column.kind === 'moment' ? `${column.title} (${zone})` : column.title,
  }));
  const cells = rows.map((row) =>
    columns.map(({ name, column }) => ({
      type: 'raw_text' as const,
      text: printable(column.show(row[name] ?? null, question.zone)),
    })),
  );
  return ['', alignedText(columns, [header, ...cells])];
}
