import type { Message } from '../blocks/block.ts';
import { plainLine } from '../blocks/text-blocks.ts';
import { messageText } from '../words/message-text.ts';

/** A sentence of flowlog itself. */
export function noteMessage(text: string): Message {
  return { text: messageText(text), blocks: [plainLine(text)] };
}
