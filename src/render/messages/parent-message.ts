import type { Answer } from '../../core/answer/answer.ts';
import type { Expected } from '../../core/answer/cost.ts';
import type { FetchedEvents } from '../../core/lake/fetches.ts';
import type { Scan } from '../../core/lake/scan.ts';
import { isCommand, type QuestionOrCommand } from '../../core/operation/request.ts';
import { showElapsed } from '../../core/wording.ts';
import type { Message } from '../blocks/block-types.ts';
import { askButton, nextButtons, stopButton } from '../blocks/buttons.ts';
import { findingBlock } from '../blocks/finding-block.ts';
import { messageText } from '../blocks/slack-text.ts';
import { boldLine, lineWithPerson, plainLine, smallPrint } from '../blocks/text-blocks.ts';
import type { FailureWords } from '../failure.ts';
import { fetchingLine, questionLine, readingLine, waitingLine } from '../question-lines.ts';
import { stateWords } from '../state-words.ts';
import { askedLine } from './asked-line.ts';

/**
 * The parent message while a request is worked on: what was asked, what will be read, for how long it has run. With
 * the id of the request it has the button that stops it.
 */
export function workingParent(
  question: QuestionOrCommand,
  status: RequestStatus,
  elapsedMs: number,
  id?: string,
): Message {
  const words = `${statusWords(question, status)} · ${showElapsed(elapsedMs)}`;
  const blocks = [plainLine(questionLine(question)), smallPrint([words])];
  return {
    text: messageText(`${question.line}: ${words}`),
    blocks: id === undefined ? blocks : [...blocks, stopButton(id)],
  };
}

/** How far a request is: how many questions come first, and what will be read once that is known. */
export interface RequestStatus {
  readonly scan?: Scan | undefined;
  readonly expected?: Expected | undefined;
  readonly before?: number | undefined;
  /** What has come from log groups so far. */
  readonly fetched?: FetchedEvents | undefined;
}

function statusWords(
  question: QuestionOrCommand,
  { scan, expected, before = 0, fetched }: RequestStatus,
): string {
  if (before > 0) return waitingLine(before);
  if (scan !== undefined) return readingLine(scan, expected);
  if (fetched !== undefined) return fetchingLine(fetched);
  return isCommand(question) ? 'Looking' : 'Looking for the files';
}

/** The parent message of an answered question: what was found, who asked, and the receipt. Its text is the finding. */
export function answeredParent(answer: Answer, person?: string): Message {
  const state = stateWords(answer.finding);
  return {
    text: messageText(state === undefined ? answer.headline : `${state}: ${answer.headline}`),
    blocks: [findingBlock(answer), askedLine(answer, person)],
  };
}

/** The parent message of a request that failed, with buttons for what to ask instead, or to ask again. */
export function failedParent(
  question: QuestionOrCommand,
  { problem, next, offers, correctedLine, people }: FailureWords,
): Message {
  const instead =
    correctedLine === undefined
      ? askButton('Ask again', question.line)
      : askButton('Ask that', correctedLine);
  return {
    text: messageText(`${question.line}: ${problem} ${next}`, people),
    blocks: [
      boldLine(problem, people),
      smallPrint([questionLine(question), next].filter((text) => text !== '')),
      offers === undefined ? instead : nextButtons(offers),
    ],
  };
}

/** The parent message of a request that a person stopped. */
export function stoppedParent(question: QuestionOrCommand, personId: string): Message {
  return {
    text: `${messageText(question.line)}: stopped by <@${personId}>.`,
    blocks: [
      lineWithPerson('Stopped by', personId),
      smallPrint([questionLine(question)]),
      askButton('Ask again', question.line),
    ],
  };
}

/** The parent message of a request that is answered after the restart of the app. */
export function pausedParent(question: QuestionOrCommand): Message {
  const status = 'Paused: flowlog is restarting and will answer afterwards.';
  return {
    text: messageText(`${question.line}: ${status}`),
    blocks: [plainLine(questionLine(question)), smallPrint([status])],
  };
}
