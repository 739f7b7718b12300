import type { Understood } from '../../core/question.ts';
import type { Message } from '../blocks/block.ts';
import { askButton } from '../blocks/buttons.ts';
import { messageText } from '../blocks/slack-text.ts';
import { codeBlocks, lineWithCode, lineWithLink, plainLine } from '../blocks/text-blocks.ts';
import type { FailureWords } from '../failure.ts';

/**
 * A mistake or a failure, for the person alone: what is wrong, what to type instead, and a button that asks it.
 * `prompt` is what stands before a line: `/flowlog `.
 */
export function failureMessage(
  { problem, next, correctedLine, people }: FailureWords,
  prompt: string,
): Message {
  const corrected = correctedLine === undefined ? undefined : `${prompt}${correctedLine}`;
  return {
    text: messageText(
      [problem, corrected === undefined ? next : `Try: ${corrected}`].join(' ').trim(),
      people,
    ),
    blocks: [
      plainLine(problem, people),
      ...(next === '' ? [] : [plainLine(next)]),
      ...(corrected === undefined || correctedLine === undefined
        ? []
        : [lineWithCode('Try:', corrected), askButton(buttonLabel(correctedLine), correctedLine)]),
    ],
  };
}

/** Where no line could be made of theirs, help is what is offered. */
function buttonLabel(line: string): string {
  return /^help\b/.test(line) ? 'Show help' : 'Ask that';
}

/** Help, for the person alone; `text` is what the terminal prints too. */
export function helpMessage(text: string): Message {
  return { text: messageText(text), blocks: codeBlocks(text) };
}

/** For somebody who asked the same again at once, as people do when Slack said that the command timed out. */
export function alreadyAsked({ line }: Pick<Understood, 'line'>, link: string | undefined): Message {
  const text = `${line} is already being answered above.`;
  return {
    text: messageText(text),
    blocks: [link === undefined ? plainLine(text) : lineWithLink(text, 'Go there', link)],
  };
}
