import { WINDOW_KEYWORDS } from '../window/window-keyword.ts';
import { FILLERS, PHRASES } from './phrase.ts';

/** Words that ask for help. */
export const HELP_WORDS: readonly string[] = ['help', '?'];

const PHRASE_WORDS = [...PHRASES, ...FILLERS].flatMap(({ said }) => said.split(' '));

/** Words that mean something wherever they stand: as a value they are quoted. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  ...WINDOW_KEYWORDS,
  ...HELP_WORDS,
  ...PHRASE_WORDS,
]);
