import type { Message } from '../blocks/block.ts';
import { askButton } from '../blocks/buttons.ts';
import { codeBlocks, lineWithCode, plainLine } from '../blocks/text-blocks.ts';
import type { FailureWords } from '../words/failure.ts';
import { messageText } from '../words/message-text.ts';

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
