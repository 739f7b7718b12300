import { LIMITS } from '../limits.ts';
import { escapeMarkup } from './escape-markup.ts';
import { cut, printable } from './printable.ts';
import { splitAtPeople } from './split-at-people.ts';

/** What was left of `&amp;`, or of a mention, where the text was cut. */
const HALF_MARKUP = /(?:&[a-z]{0,3}|<@?[A-Z0-9]*)…$/;

/**
 * The words of a message beside its blocks: literal but for the people in it, and no longer than Slack takes when it
 * is rewritten.
 */
export function messageText(text: string, people: readonly string[] = []): string {
  const pieces = splitAtPeople(printable(text), people).map((piece) =>
    'person' in piece ? `<@${piece.person}>` : escapeMarkup(piece.text),
  );
  return cut(pieces.join(''), LIMITS.messageText).replace(HALF_MARKUP, '…');
}
