import type { Answer } from '../../core/answer/answer.ts';
import type { Expected } from '../../core/answer/cost/estimate.ts';
import type { Scan } from '../../core/ports/scan.ts';
import { isCommand, type Understood } from '../../core/question.ts';
import { showElapsed } from '../amounts.ts';
import type { Message } from '../blocks/block.ts';
import { askButton, nextButtons, stopButton } from '../blocks/buttons.ts';
import { messageText } from '../blocks/slack-text.ts';
import { boldLine, lineWithPerson, plainLine, smallPrint } from '../blocks/text-blocks.ts';
import type { FailureWords } from '../failure.ts';
import { questionLine, readingWords, receiptOf, waitingWords } from '../question-lines.ts';

/**
 * The parent message while a question is worked on: what was asked, what will be read, for how long it has run. The
 * id of the question makes it one that can be stopped.
 */
export function workingParent(question: Understood, doing: Doing, elapsedMs: number, id?: string): Message {
  const status = `${doingWords(question, doing)} · ${showElapsed(elapsedMs)}`;
  const blocks = [plainLine(questionLine(question)), smallPrint([status])];
  return {
    text: messageText(`${question.line}: ${status}`),
    blocks: id === undefined ? blocks : [...blocks, stopButton(id)],
  };
}

/** What is known of the work on a question: what will be read, and how many others come first. */
export interface Doing {
  readonly scan?: Scan | undefined;
  readonly expected?: Expected | undefined;
  readonly before?: number | undefined;
}

function doingWords(question: Understood, { scan, expected, before = 0 }: Doing): string {
  if (before > 0) return waitingWords(before);
  if (scan !== undefined) return readingWords(scan, expected);
  return isCommand(question) ? 'Looking' : 'Looking for the files';
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
export function failedParent(question: Understood, { problem, next, offers, people }: FailureWords): Message {
  return {
    text: messageText(`${question.line}: ${problem} ${next}`, people),
    blocks: [
      boldLine(problem, people),
      smallPrint([questionLine(question), next].filter((text) => text !== '')),
      offers === undefined ? askButton('Ask again', question.line) : nextButtons(offers),
    ],
  };
}

/** The parent message of a question that somebody stopped. */
export function stoppedParent(question: Understood, personId: string): Message {
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
export function pausedParent(question: Understood): Message {
  const status = 'Paused: flowlog is restarting and will answer after.';
  return {
    text: messageText(`${question.line}: ${status}`),
    blocks: [plainLine(questionLine(question)), smallPrint([status])],
  };
}
