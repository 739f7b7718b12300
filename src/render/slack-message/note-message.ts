import type { Message } from '../blocks/block.ts';
import { plainLine } from '../blocks/text-blocks.ts';
import { escape } from '../words/escape.ts';

/** A sentence of flowlog itself. */
export function noteMessage(text: string): Message {
  return { text: escape(text), blocks: [plainLine(text)] };
}
