/** Control characters, and those that turn the direction of text around or have no width. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Takes out of foreign text what would not show, or would make other text show otherwise. */
export function printable(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** Cuts text to a length in UTF-16 units, the strictest count of any surface, and says so with an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length - 1);
  // Half a pair is no character: Slack refuses it.
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
