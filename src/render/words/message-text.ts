import { LIMITS } from '../limits.ts';
import { escapeMarkup } from './escape-markup.ts';
import { cut, printable } from './printable.ts';

/** What was left of `&amp;` where the text was cut. */
const HALF_ENTITY = /&[a-z]{0,3}…$/;

/** The words of a message beside its blocks: literal, and no longer than Slack takes when it is rewritten. */
export function messageText(text: string): string {
  return cut(escapeMarkup(printable(text)), LIMITS.messageText).replace(HALF_ENTITY, '…');
}
