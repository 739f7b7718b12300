import type { Answer } from '../../core/answer/answer.ts';
import { pasteable } from '../../core/answer/statement.ts';
import { phraseText } from '../../core/query/finding.ts';
import { absoluteLine } from '../../core/query/question.ts';
import { plural, showDollars } from '../../core/wording.ts';
import type { Block, Button, ContainerBlock, Message } from '../blocks/block-types.ts';
import { followUpButtons, rowsButton } from '../blocks/buttons.ts';
import { chartBlock } from '../blocks/chart-block.ts';
import { factsBlock, findingBlock } from '../blocks/finding-block.ts';
import { messageText } from '../blocks/slack-text.ts';
import {
  captionOf,
  type FittedTable,
  fencedTable,
  fitFence,
  fitTable,
  plainTable,
  sortableTable,
} from '../blocks/table-blocks.ts';
import { codeBlocks, folded, lineWithLink, personLine, smallPrint } from '../blocks/text-blocks.ts';
import { coverageDetails, coverageLine } from '../coverage-lines.ts';
import { LIMITS } from '../limits.ts';
import { receiptLine } from '../question-lines.ts';
import { displayOf } from '../shown-columns.ts';
import { stateWords } from '../state-words.ts';
import { askedLine } from './asked-line.ts';

/** One form of an answer. */
export interface AnswerForm extends Message {
  /** Whether rows are left out of it that no button brings, so that they must be attached. */
  readonly needsFile: boolean;
}

/** Where an answer is read. */
export interface AnswerPlace {
  /** `reply`: under a parent message with the finding, which is not said again. `thread`, `private`: by itself. */
  readonly kind: 'reply' | 'thread' | 'private';
  /** Who asked, and is to be called because the answer took its time. */
  readonly call?: string | undefined;
  /** Who asked. */
  readonly person?: string | undefined;
}

/**
 * Renders an answer: what was found unless the message above says it, the table, how far it can be trusted, the next steps as
 * buttons, and behind a fold what was read, what it cost and the SQL. From the richest form to the plainest: when Slack
 * refuses one, the next is posted.
 */
export function answerForms(answer: Answer, place: AnswerPlace): readonly AnswerForm[] {
  const table = fitTable(answer);
  const fence = fitFence(table);
  const text = textOf(answer);
  const form = (fitted: FittedTable, rows: readonly Block[], fold: readonly Block[]): AnswerForm => ({
    text,
    blocks: blocksOf({ answer, place, table: fitted }, rows, fold),
    needsFile: false,
  });
  const textOnly = { text, blocks: [], needsFile: answer.rows.length > 0 };
  if (answer.rows.length === 0) return [form(table, [], [detailsOf(answer)]), textOnly];
  const chart = chartBlock(answer);
  const richest =
    chart === undefined
      ? form(table, [sortableTable(answer, table)], [detailsOf(answer)])
      : form(
          table,
          [chart],
          [folded(`As numbers: ${captionOf(answer, table)}`, [plainTable(table)]), detailsOf(answer)],
        );
  return [
    richest,
    form(table, [caption(answer, table), plainTable(table)], [detailsOf(answer)]),
    // Not every surface takes a fold: the plainest blocks are without it.
    form(fence, [caption(answer, fence), fencedTable(fence)], [smallPrint(coverageDetails(answer))]),
    textOnly,
  ];
}

function caption(answer: Answer, table: FittedTable): Block {
  return smallPrint([captionOf(answer, table)]);
}

interface Shown {
  readonly answer: Answer;
  readonly place: AnswerPlace;
  readonly table: FittedTable;
}

function blocksOf(
  { answer, place, table }: Shown,
  rows: readonly Block[],
  fold: readonly Block[],
): readonly Block[] {
  const { finding, followUps, question } = answer;
  const facts = factsBlock(answer);
  const toKnow = finding.wouldTell.map((sentence) => phraseText(sentence, displayOf(answer)));
  return [
    ...(place.call === undefined ? [] : [personLine(place.call, 'your answer:')]),
    ...(place.kind === 'reply' ? [] : [findingBlock(answer), askedLine(answer, place.person)]),
    ...(facts === undefined ? [] : [facts]),
    ...rows,
    smallPrint([...toKnow, coverageLine(answer)]),
    ...(finding.links ?? []).map(({ label, url }) => lineWithLink('See:', label, url)),
    followUpButtons(followUps, question.line, place.kind === 'private' ? undefined : allRows(answer, table)),
    ...fold,
  ];
}

/** The rows are not kept: they are asked for again, of the same window. */
function allRows(answer: Answer, { shown }: FittedTable): Button | undefined {
  const { rowCount, truncated, billed, cost, question } = answer;
  if (shown >= rowCount && !truncated) return undefined;
  const label = truncated ? 'All rows (CSV)' : `All ${plural(rowCount, 'row')} (CSV)`;
  const price = billed ? `about ${showDollars(cost.dollars)} on Athena` : undefined;
  return rowsButton(label, absoluteLine(question), price);
}

/** What few read, in one fold: the limits of a container hold, whatever the length of the SQL. */
function detailsOf(answer: Answer): ContainerBlock {
  const { question, statement } = answer;
  const read = smallPrint([receiptLine(answer), ...coverageDetails(answer), question.query.about]);
  const sql = codeBlocks(pasteable(statement)).slice(0, LIMITS.containerBlocks - 1);
  return folded('Details: what was read, what it cost, SQL', [read, ...sql]);
}

/** The answer as text: for notifications, screen readers, and where no block is taken. The finding comes first. */
function textOf(answer: Answer): string {
  const state = stateWords(answer.finding);
  const lines = [
    state === undefined ? answer.headline : `${state}: ${answer.headline}`,
    coverageLine(answer),
  ];
  return messageText(lines.join('\n'));
}
