import type { Answer } from '../../core/answer/answer.ts';
import { showInteger } from '../../core/wording.ts';
import type { Block, Message } from '../blocks/block-types.ts';
import { followUpButtons } from '../blocks/buttons.ts';
import { chartBlock } from '../blocks/chart-block.ts';
import { messageText } from '../blocks/slack-text.ts';
import {
  type FittedTable,
  fencedTable,
  fitFence,
  fitTable,
  plainTable,
  sortableTable,
} from '../blocks/table-blocks.ts';
import { boldLine, codeBlocks, folded, smallPrint } from '../blocks/text-blocks.ts';
import { coverageLines } from '../coverage-lines.ts';
import { questionLine, receiptLine } from '../question-lines.ts';

/** One form of an answer. */
export interface AnswerForm extends Message {
  /** Whether rows are left out of it, so that they must be attached. */
  readonly leavesRowsOut: boolean;
}

/**
 * Renders an answer for a thread: headline, table, receipt, coverage, the SQL behind a fold, and the next steps as
 * buttons. From the richest form to the plainest: when Slack refuses one, the next is posted.
 */
export function answerForms(answer: Answer): readonly AnswerForm[] {
  const table = fitTable(answer);
  const fence = fitFence(answer, table);
  const sql = [sqlFold(answer)];
  const text = textOf(answer);
  const form = (fitted: FittedTable, rows: readonly Block[], fold: readonly Block[]): AnswerForm => ({
    text,
    blocks: blocksOf(answer, fitted, rows, fold),
    leavesRowsOut: fitted.shown < answer.rowCount,
  });
  const textOnly = { text, blocks: [], leavesRowsOut: answer.rows.length > 0 };
  if (answer.rows.length === 0) return [form(table, [], sql), textOnly];
  return [
    form(table, [...chartOf(answer), sortableTable(answer, table)], sql),
    form(table, [plainTable(answer, table)], sql),
    // Not every surface takes a fold: the plainest blocks are without it.
    form(fence, [fencedTable(answer, fence)], []),
    textOnly,
  ];
}

function chartOf(answer: Answer): readonly Block[] {
  const chart = chartBlock(answer);
  return chart === undefined ? [] : [chart];
}

function blocksOf(
  answer: Answer,
  table: FittedTable,
  rows: readonly Block[],
  fold: readonly Block[],
): readonly Block[] {
  const { headline, question, followUps } = answer;
  return [
    boldLine(headline),
    smallPrint([questionLine(question)]),
    ...rows,
    smallPrint([receiptLine(answer), ...rowsLeftOut(answer, table)]),
    smallPrint(coverageLines(answer)),
    ...fold,
    followUpButtons(followUps, question.line),
  ];
}

/** A CSV with some of the rows must not be taken for all of them. */
function rowsLeftOut({ rowCount, truncated }: Answer, { shown }: FittedTable): readonly string[] {
  if (shown === rowCount) return [];
  const all = showInteger(rowCount);
  return [
    truncated
      ? `The table shows ${shown} of the first ${all} rows; those are in the CSV, and there are more.`
      : `The table shows ${shown} of ${all} rows; all are in the CSV.`,
  ];
}

function sqlFold({ question, statement: { text, bound } }: Answer): Block {
  const values = bound.length === 0 ? [] : [smallPrint([`Bound to ?: ${bound.join(', ')}`])];
  const blocks = [smallPrint([question.query.about]), ...codeBlocks(text), ...values];
  return folded('How it was asked: SQL and what the numbers mean', blocks);
}

/** The answer as text: for notifications, screen readers, and where no block is taken. */
function textOf(answer: Answer): string {
  const lines = [
    answer.headline,
    questionLine(answer.question),
    receiptLine(answer),
    ...coverageLines(answer),
  ];
  return messageText(lines.join('\n'));
}
