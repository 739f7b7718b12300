import type { Answer } from '../../core/answer/answer.ts';
import { showInteger } from '../../core/columns/show-integer.ts';
import type { Block, Message } from '../blocks/block.ts';
import { followUpButtons } from '../blocks/buttons.ts';
import { chartBlock } from '../blocks/chart.ts';
import { messageText } from '../blocks/slack-text.ts';
import {
  dataTable,
  type FittedTable,
  fencedTable,
  fitFence,
  fitTable,
  plainTable,
} from '../blocks/tables.ts';
import { boldLine, codeBlocks, folded, smallPrint } from '../blocks/text-blocks.ts';
import { coverageLines } from '../coverage-lines.ts';
import { questionLine, receiptOf } from '../question-lines.ts';

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
  const text = textOf(answer);
  const form = ({ shown }: FittedTable, blocks: readonly Block[]): AnswerForm => ({
    text,
    blocks,
    leavesRowsOut: shown < answer.rowCount,
  });
  const wordsAlone = { text, blocks: [], leavesRowsOut: answer.rows.length > 0 };
  if (answer.rows.length === 0) return [form(table, blocksOf(answer, table, [], WITH_SQL)), wordsAlone];
  const rich = [...chartOf(answer), dataTable(answer, table)];
  return [
    form(table, blocksOf(answer, table, rich, WITH_SQL)),
    form(table, blocksOf(answer, table, [plainTable(answer, table)], WITH_SQL)),
    form(fence, blocksOf(answer, fence, [fencedTable(answer, fence)], WITHOUT_SQL)),
    wordsAlone,
  ];
}

/** The fold with the SQL is left out of the plainer forms: not every surface knows it. */
const WITH_SQL = true;
const WITHOUT_SQL = false;

function chartOf(answer: Answer): readonly Block[] {
  const chart = chartBlock(answer);
  return chart === undefined ? [] : [chart];
}

function blocksOf(
  answer: Answer,
  table: FittedTable,
  rows: readonly Block[],
  withSql: boolean,
): readonly Block[] {
  const { columns: _columns, statement, question, followUps } = answer;
  return [
    boldLine(answer.headline),
    smallPrint([questionLine(question)]),
    ...rows,
    smallPrint([receiptOf(answer), ...partly(answer, table)]),
    smallPrint(coverageLines(answer)),
    ...(withSql
      ? [folded('How it was asked: SQL and what the numbers mean', sqlOf(question.query.about, statement))]
      : []),
    followUpButtons(followUps, question.line),
  ];
}

/** A CSV that is not whole must not be taken for whole. */
function partly({ rowCount, truncated }: Answer, { shown }: FittedTable): readonly string[] {
  if (shown === rowCount) return [];
  const all = showInteger(rowCount);
  return [
    truncated
      ? `The table shows ${shown} of the first ${all} rows; those are in the CSV, and there are more.`
      : `The table shows ${shown} of ${all} rows; all are in the CSV.`,
  ];
}

function sqlOf(about: string, { text, bound }: Answer['statement']) {
  const values = bound.length === 0 ? [] : [smallPrint([`Bound to ?: ${bound.join(', ')}`])];
  return [smallPrint([about]), ...codeBlocks(text), ...values];
}

/** The answer in words: for notifications, screen readers, and where no block is taken. */
function textOf(answer: Answer): string {
  const lines = [answer.headline, questionLine(answer.question), receiptOf(answer), ...coverageLines(answer)];
  return messageText(lines.join('\n'));
}
