import type { Entry } from '../entry.ts';
import { named, type Token, word } from './words/token.ts';
import { writeTokens } from './words/write-tokens.ts';

/** A line that asks a query for what it cannot do without: `to 10.0.1.5 last 1h`. It parses. */
export function exampleLine(query: Entry): string {
  const asked = writeTokens(exampleWords(query));
  return query.windowed === 'always' ? `${asked} last 1h` : asked;
}

/** The words of an example line before its window. */
export function exampleWords(query: Entry): readonly Token[] {
  const required = Object.entries(query.args).filter(([, arg]) => arg.required);
  return [
    word(query.name),
    ...required.map(([name, { place, example }]) => exampleWord(name, place, example)),
  ];
}

function exampleWord(name: string, place: 'bare' | 'option', example: string): Token {
  return place === 'bare' ? word(example) : named(name, example);
}
