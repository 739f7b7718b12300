import type { Answer } from '../../core/answer/answer.ts';
import type { Block, Message } from '../blocks/block.ts';
import { followUpButtons } from '../blocks/buttons.ts';
import { chartBlock } from '../blocks/chart-block.ts';
import { type FittedTable, fitTable } from '../blocks/fit-table.ts';
import { dataTable, fencedTable, fitFence, plainTable } from '../blocks/table-blocks.ts';
import { boldLine, codeBlock, folded, smallPrint } from '../blocks/text-blocks.ts';
import { coverageLines } from '../words/coverage-lines.ts';
import { messageText } from '../words/message-text.ts';
import { questionLine } from '../words/question-line.ts';
import { receiptOf } from '../words/receipt.ts';

/** An answer for a thread. */
export interface AnswerMessages {
  /** The same answer from the richest form to the plainest: when Slack refuses one, the next is posted. */
  readonly forms: readonly Message[];
  /** Whether rows are left out of the message, so that they must be attached. */
  readonly needsCsv: boolean;
}

/** Renders an answer: headline, table, receipt, coverage, the SQL behind a fold, and the next steps as buttons. */
export function answerMessages(answer: Answer): AnswerMessages {
  const table = fitTable(answer);
  const fence = fitFence(answer, table);
  const needsCsv = table.shown < answer.rows.length;
  const text = textOf(answer);
  const forms: readonly (readonly Block[])[] =
    answer.rows.length === 0
      ? [blocksOf(answer, table, [], { needsCsv, withSql: true })]
      : [
          blocksOf(answer, table, [...chartOf(answer), dataTable(answer, table)], {
            needsCsv,
            withSql: true,
          }),
          blocksOf(answer, table, [plainTable(answer, table)], { needsCsv, withSql: true }),
          blocksOf(answer, fence, [fencedTable(answer, fence)], { needsCsv, withSql: false }),
        ];
  return {
    forms: [...forms.map((blocks) => ({ text, blocks })), { text, blocks: [] }],
    needsCsv,
  };
}

function chartOf(answer: Answer): readonly Block[] {
  const chart = chartBlock(answer);
  return chart === undefined ? [] : [chart];
}

/** What the plain forms leave out is the fold with the SQL, which not every surface knows. */
function blocksOf(
  answer: Answer,
  table: FittedTable,
  rows: readonly Block[],
  { needsCsv, withSql }: { readonly needsCsv: boolean; readonly withSql: boolean },
): readonly Block[] {
  const { columns: _columns, statement, question, followUps } = answer;
  return [
    boldLine(answer.headline),
    smallPrint([questionLine(question)]),
    ...rows,
    smallPrint([receiptOf(answer), ...partly(answer, table, needsCsv)]),
    smallPrint(coverageLines(answer)),
    ...(withSql
      ? [folded('How it was asked: SQL and what the numbers mean', sqlOf(question.query.about, statement))]
      : []),
    followUpButtons(followUps, question.line),
  ];
}

function partly({ rows }: Answer, { shown }: FittedTable, needsCsv: boolean): readonly string[] {
  if (shown === rows.length) return [];
  return [`The table shows ${shown} of ${rows.length} rows${needsCsv ? '; all are in the CSV' : ''}.`];
}

function sqlOf(about: string, { text, bound }: Answer['statement']) {
  const values = bound.length === 0 ? [] : [smallPrint([`Bound to ?: ${bound.join(', ')}`])];
  return [smallPrint([about]), codeBlock(text), ...values];
}

/** The answer in words: for notifications, screen readers, and where no block is taken. */
function textOf(answer: Answer): string {
  const lines = [answer.headline, questionLine(answer.question), receiptOf(answer), ...coverageLines(answer)];
  return messageText(lines.join('\n'));
}
