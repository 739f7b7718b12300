import type { Answer } from '../../core/answer/answer.ts';
import type { Scan } from '../../core/ports/scan.ts';
import type { Question } from '../../core/question.ts';
import type { Message } from '../blocks/block.ts';
import { askButton, stopButton } from '../blocks/buttons.ts';
import { boldLine, lineWithPerson, plainLine, smallPrint } from '../blocks/text-blocks.ts';
import type { FailureWords } from '../words/failure.ts';
import { messageText } from '../words/message-text.ts';
import { questionLine } from '../words/question-line.ts';
import { readingWords } from '../words/reading-words.ts';
import { receiptOf } from '../words/receipt.ts';
import { showElapsed } from '../words/show-elapsed.ts';

/**
 * The parent message while a question is worked on: what was asked, what will be read, for how long it has run. The
 * id of the question makes it one that can be stopped.
 */
export function workingParent(
  question: Question,
  scan: Scan | undefined,
  elapsedMs: number,
  id?: string,
): Message {
  const doing = scan === undefined ? 'Looking for the files' : readingWords(scan);
  const status = `${doing} · ${showElapsed(elapsedMs)}`;
  const blocks = [plainLine(questionLine(question)), smallPrint([status])];
  return {
    text: messageText(`${question.line}: ${status}`),
    blocks: id === undefined ? blocks : [...blocks, stopButton(id)],
  };
}

/** The parent message of an answered question: headline and receipt. */
export function answeredParent(answer: Answer): Message {
  const receipt = receiptOf(answer);
  return {
    text: messageText(`${answer.headline}\n${receipt}`),
    blocks: [boldLine(answer.headline), smallPrint([questionLine(answer.question), receipt])],
  };
}

/** The parent message of a question that got no answer, with a button that asks it again. */
export function failedParent(question: Question, { problem, next }: FailureWords): Message {
  return {
    text: messageText(`${question.line}: ${problem} ${next}`),
    blocks: [
      boldLine(problem),
      smallPrint([questionLine(question), next].filter((text) => text !== '')),
      askButton('Ask again', question.line),
    ],
  };
}

/** The parent message of a question that somebody stopped. */
export function stoppedParent(question: Question, personId: string): Message {
  return {
    text: `${messageText(question.line)}: stopped by <@${personId}>.`,
    blocks: [
      lineWithPerson('Stopped by', personId),
      smallPrint([questionLine(question)]),
      askButton('Ask again', question.line),
    ],
  };
}

/** The parent message of a question that waits for the app to come back. */
export function pausedParent(question: Question): Message {
  const status = 'Paused: flowlog is restarting and will answer after.';
  return {
    text: messageText(`${question.line}: ${status}`),
    blocks: [plainLine(questionLine(question)), smallPrint([status])],
  };
}
