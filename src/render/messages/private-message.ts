import type { Understood } from '../../core/question.ts';
import type { Block, Message } from '../blocks/block-types.ts';
import { askButton } from '../blocks/buttons.ts';
import { messageText } from '../blocks/slack-text.ts';
import { codeBlocks, lineWithCode, lineWithLink, plainLine } from '../blocks/text-blocks.ts';
import type { FailureWords } from '../failure.ts';

/**
 * A mistake or a failure, for the person alone: what is wrong, what to type instead, and a button that asks it.
 * `prompt` is what people type before a line: `/flowlog `.
 */
export function failureMessage(
  { problem, next, correctedLine, people }: FailureWords,
  prompt: string,
): Message {
  const blocks: readonly Block[] = [plainLine(problem, people), ...(next === '' ? [] : [plainLine(next)])];
  if (correctedLine === undefined) return { text: messageText(`${problem} ${next}`.trim(), people), blocks };
  const corrected = `${prompt}${correctedLine}`;
  return {
    text: messageText(`${problem} Try: ${corrected}`, people),
    blocks: [...blocks, lineWithCode('Try:', corrected), askButton(labelFor(correctedLine), correctedLine)],
  };
}

/** A line that cannot be corrected is answered with an offer of help. */
function labelFor(correctedLine: string): string {
  return /^help\b/.test(correctedLine) ? 'Show help' : 'Ask that';
}

/** Help, for the person alone: the same text as in a terminal. */
export function helpMessage(text: string): Message {
  return { text: messageText(text), blocks: codeBlocks(text) };
}

/** For a person who asked the same again at once, as people do when Slack says that the command timed out. */
export function alreadyAskedMessage({ line }: Pick<Understood, 'line'>, link: string | undefined): Message {
  const text = `${line} is already being answered above.`;
  return {
    text: messageText(text),
    blocks: [link === undefined ? plainLine(text) : lineWithLink(text, 'Go there', link)],
  };
}
