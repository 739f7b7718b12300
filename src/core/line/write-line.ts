import { writeWindow } from '../time/resolve-window.ts';
import type { WindowWords } from '../time/window.ts';
import { isAddressName, isBareName } from './address-name.ts';
import type { Entry } from './entry.ts';
import { RESERVED_WORDS } from './phrases.ts';
import { named, type Token, word, writeTokens } from './tokens.ts';

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
    if (text === undefined) {
      gap ||= arg.place === 'bare';
      continue;
    }
    const quoted = isAddressName(args[name]) && !isBareName(text);
    // Behind one that is left out, a bare word would fill the wrong place.
    if (arg.place === 'bare' && !gap) bare.push(quoted ? { ...word(text), quoted } : bareValue(text, query));
    else options.push({ ...named(name, text), quoted });
  }
  const asked = writeTokens([word(query.name), ...bare, ...options]);
  return words === undefined ? asked : `${asked} ${writeWindow(words)}`;
}

function bareValue(text: string, query: Entry): Token {
  const taken = RESERVED_WORDS.has(text.toLowerCase()) || Object.hasOwn(query.args, text.toLowerCase());
  return { ...word(text), quoted: taken };
}

/** How a query is asked: `to <address> [port=<port>] [window]`; square brackets hold what may be left out. */
export function usageLine(query: Entry): string {
  const shown = Object.entries(query.args).filter(([, { everywhere }]) => everywhere !== true);
  const parts = shown.map(([name, { hint, place, required }]) => {
    const value = place === 'bare' ? `<${hint}>` : `${name}=<${hint}>`;
    return required ? value : `[${value}]`;
  });
  return [query.name, ...parts, ...(query.windowed === 'never' ? [] : ['[window]'])].join(' ');
}

/** A line that asks a query for what it cannot do without: `to 10.0.1.5 last 1h`. It parses. */
export function exampleLine(query: Entry): string {
  const asked = writeTokens(exampleWords(query));
  return query.windowed === 'always' ? `${asked} last 1h` : asked;
}

/** The words of an example line before its window. */
function exampleWords(query: Entry): readonly Token[] {
  const required = Object.entries(query.args).filter(([, arg]) => arg.required);
  return [
    word(query.name),
    ...required.map(([name, { place, example }]) => exampleWord(name, place, example)),
  ];
}

function exampleWord(name: string, place: 'bare' | 'option', example: string): Token {
  return place === 'bare' ? word(example) : named(name, example);
}
