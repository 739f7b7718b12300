import type { Answer } from '../../core/answer/answer.ts';
import type { QuestionOrCommand } from '../../core/operation/request.ts';
import { plural } from '../../core/wording.ts';
import type { Block, Message } from '../blocks/block-types.ts';
import { askButton, exampleButtons } from '../blocks/buttons.ts';
import { escapeMarkup, messageText } from '../blocks/slack-text.ts';
import { codeBlocks, lineWithCode, lineWithLink, plainLine, smallPrint } from '../blocks/text-blocks.ts';
import type { FailureWords } from '../failure.ts';
import type { HelpExample } from '../help-tasks.ts';

/** A sentence of flowlog itself. */
export function noteMessage(text: string): Message {
  return { text: messageText(text), blocks: [plainLine(text)] };
}

/** A message with a note in small print under it; without blocks the note is text. */
export function withNote({ text, blocks }: Message, note: string): Message {
  return {
    text: `${text}\n${escapeMarkup(note)}`,
    blocks: blocks.length === 0 ? [] : [...blocks, smallPrint([note])],
  };
}

/** Says which rows are in the file below. */
export function rowsMessage({ rowCount, truncated, question }: Answer): Message {
  const amount = `${truncated ? 'The first' : 'All'} ${plural(rowCount, 'row')}`;
  return noteMessage(`${amount} of \`${question.line}\`, as a file:`);
}

const MEMBERSHIP = new Set(['not_in_channel', 'channel_not_found', 'user_not_in_channel']);

/** What Slack refused to post, and where. */
interface RefusedPost {
  /** Slack's code, such as `not_in_channel`. */
  readonly code: string;
  /** The scope that was missing; empty when none was. */
  readonly needed: string;
  /** The id of the conversation; a direct message begins with `D`. */
  readonly channel: string;
}

/**
 * Says why an answer is shown to one person alone, and what to do about it.
 * @see https://docs.slack.dev/reference/methods/chat.postMessage#errors
 */
export function whyPrivate({ code, needed, channel }: RefusedPost, botName: string): string {
  if (MEMBERSHIP.has(code) && channel.startsWith('D')) {
    return 'Only you see this: flowlog takes no part in messages between people. Ask in a channel, or write to flowlog itself.';
  }
  if (MEMBERSHIP.has(code)) {
    return `Only you see this: flowlog is not in this conversation. Type /invite @${botName} to get answers in a thread.`;
  }
  if (code === 'is_archived') return 'Only you see this: this channel is archived.';
  if (code.startsWith('restricted_action'))
    return 'Only you see this: flowlog may not write here. Ask in another channel.';
  return `Only you see this: flowlog could not post (${refusal(code, needed)}).`;
}

/** Says that Slack did not take a file, and how to get its content. */
export function fileNotAttached(what: string, code: string, needed: string): string {
  const why = refusal(code, needed);
  return `The ${what} could not be attached: ${why}. Ask for less, or try again.`;
}

/** Says that a file could not be written, and how to get its content. */
export function fileNotWritten(what: string): string {
  return `The ${what} could not be written to flowlog's disk. Ask for less, or try again.`;
}

function refusal(code: string, needed: string): string {
  return code === 'missing_scope'
    ? `the app lacks the scope ${needed}; reinstall it with its manifest`
    : `Slack said ${code}`;
}

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

/** Help, for the person alone: lines to begin with as buttons, and the same text as in a terminal. */
export function helpMessage(text: string, examples: readonly HelpExample[] = []): Message {
  const buttons = examples.length === 0 ? [] : [exampleButtons(examples)];
  return { text: messageText(text), blocks: [...buttons, ...codeBlocks(text)] };
}

/** For a person who asked the same again at once, as people do when Slack says that the command timed out. */
export function alreadyAskedMessage(
  { line }: Pick<QuestionOrCommand, 'line'>,
  link: string | undefined,
): Message {
  const text = `${line} is already being answered above.`;
  return {
    text: messageText(text),
    blocks: [link === undefined ? plainLine(text) : lineWithLink(text, 'Go there', link)],
  };
}
