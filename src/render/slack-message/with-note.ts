import type { Message } from '../blocks/block.ts';
import { smallPrint } from '../blocks/text-blocks.ts';
import { escapeMarkup } from '../words/escape-markup.ts';

/** A message with small print under it; one without blocks gets it as text. */
export function withNote({ text, blocks }: Message, note: string): Message {
  return {
    text: `${text}\n${escapeMarkup(note)}`,
    blocks: blocks.length === 0 ? [] : [...blocks, smallPrint([note])],
  };
}
