import type { Entry } from '../entry.ts';
import type { WindowWords } from '../window/window.ts';
import { writeWindow } from '../window/write-window.ts';
import { RESERVED_WORDS } from './phrases/reserved-words.ts';
import { named, type Token, word } from './words/token.ts';
import { writeTokens } from './words/write-tokens.ts';

/**
 * Writes the canonical line of a question: the query, bare arguments in order, options in the order of their
 * declaration without those that say nothing new, the window, where there is one, last. It parses back to the same question.
 */
export function writeLine(
  query: Entry,
  args: Readonly<Record<string, unknown>>,
  words: WindowWords | undefined,
): string {
  const bare: Token[] = [];
  const options: Token[] = [];
  let gap = false;
  for (const [name, arg] of Object.entries(query.args)) {
    const text = arg.write(args[name]);
    if (text === undefined) gap ||= arg.place === 'bare';
    // Behind one that is left out, a bare word would fill the wrong place.
    else if (arg.place === 'bare' && !gap) bare.push(bareValue(text, query));
    else options.push(named(name, text));
  }
  const asked = writeTokens([word(query.name), ...bare, ...options]);
  return words === undefined ? asked : `${asked} ${writeWindow(words)}`;
}

function bareValue(text: string, query: Entry): Token {
  const taken = RESERVED_WORDS.has(text.toLowerCase()) || Object.hasOwn(query.args, text.toLowerCase());
  return { ...word(text), quoted: taken };
}
