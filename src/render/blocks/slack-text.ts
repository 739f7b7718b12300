import { LIMITS } from '../limits.ts';
import { cut, printable } from '../plain-text.ts';

/** What is left of `&amp;`, or of a mention, at the place where the text was cut. */
const HALF_MARKUP = /(?:&[a-z]{0,3}|<@?[A-Z0-9]*)…$/;

/**
 * The text of a message, which goes with its blocks: literal except for the people in it, and no longer than
 * `chat.update` takes.
 */
export function messageText(text: string, people: readonly string[] = []): string {
  const pieces = splitAtPeople(printable(text), people).map((piece) =>
    'person' in piece ? `<@${piece.person}>` : escapeMarkup(piece.text),
  );
  return cut(pieces.join(''), LIMITS.messageText).replace(HALF_MARKUP, '…');
}

/**
 * Makes text safe where Slack reads its markup, in the order that Slack asks for. Without it `<!channel>` in a log
 * line would notify everyone.
 */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Ids that Slack gives to people; who typed in a terminal has none. */
const SLACK_PERSON = /^[UW][A-Z0-9]+$/;

/** Whether an id is one that Slack gives to a person. */
export function isSlackPerson(id: string): boolean {
  return SLACK_PERSON.test(id);
}

/** A piece of text, or the id of a person in it. */
type TextPiece = { readonly text: string } | { readonly person: string };

/** Splits text at the ids of these people and nowhere else: what only looks like an id stays text. */
export function splitAtPeople(text: string, people: readonly string[]): readonly TextPiece[] {
  const ids = people.filter(isSlackPerson);
  if (ids.length === 0) return [{ text }];
  return text
    .split(new RegExp(`\\b(${ids.join('|')})\\b`))
    .map((piece, index) => (index % 2 === 1 ? { person: piece } : { text: piece }))
    .filter((piece) => !('text' in piece) || piece.text !== '');
}
