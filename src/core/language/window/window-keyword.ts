/** Words that begin a window, wherever they stand in a line. */
export const WINDOW_KEYWORDS = [
  'last',
  'since',
  'around',
  'today',
  'yesterday',
  'on',
  'until',
  'till',
] as const;

/** A word that begins a window. */
export type WindowKeyword = (typeof WINDOW_KEYWORDS)[number];

/** Whether a word begins a window. */
export function isWindowKeyword(text: string | undefined): text is WindowKeyword {
  return WINDOW_KEYWORDS.some((keyword) => keyword === text);
}
