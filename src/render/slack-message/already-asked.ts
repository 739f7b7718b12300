import type { Understood } from '../../core/operation/request.ts';
import type { Message } from '../blocks/block.ts';
import { lineWithLink, plainLine } from '../blocks/text-blocks.ts';
import { messageText } from '../words/message-text.ts';

/** For somebody who asked the same again at once, as people do when Slack said that the command timed out. */
export function alreadyAsked({ line }: Pick<Understood, 'line'>, link: string | undefined): Message {
  const text = `${line} is already being answered above.`;
  return {
    text: messageText(text),
    blocks: [link === undefined ? plainLine(text) : lineWithLink(text, 'Go there', link)],
  };
}
