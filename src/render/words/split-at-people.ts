/** Ids that Slack gives to people; who typed in a terminal has none. */
const SLACK_PERSON = /^[UW][A-Z0-9]+$/;

/** A piece of text, or a person of Slack in its place. */
export type Piece = { readonly text: string } | { readonly person: string };

/** Cuts text where the ids of these people stand, and nowhere else: what only looks like an id stays text. */
export function splitAtPeople(text: string, people: readonly string[]): readonly Piece[] {
  const ids = people.filter((id) => SLACK_PERSON.test(id));
  if (ids.length === 0) return [{ text }];
  return text
    .split(new RegExp(`\\b(${ids.join('|')})\\b`))
    .map((piece, index) => (index % 2 === 1 ? { person: piece } : { text: piece }))
    .filter((piece) => !('text' in piece) || piece.text !== '');
}
