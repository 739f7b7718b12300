import { keyword, named, type Token, word } from '../words/token.ts';
import type { Phrase } from './phrase.ts';

/** The words that a phrase means where it stands at `at`, and how many words it took; undefined where it does not. */
export function matchPhrase(
  { said, means }: Phrase,
  tokens: readonly Token[],
  at = 0,
): { readonly meant: readonly Token[]; readonly length: number } | undefined {
  const first = keyword(tokens[at]);
  if (first === undefined || !said.startsWith(first)) return undefined;
  const pattern = said.split(' ');
  const kept: Token[] = [];
  for (const [index, literal] of pattern.entries()) {
    const token = tokens[at + index];
    if (!token || token.name !== undefined) return undefined;
    if (literal === '*') kept.push(token);
    else if (keyword(token) !== literal) return undefined;
  }
  return { meant: means.split(' ').map((literal) => meantBy(literal, kept)), length: pattern.length };
}

/** One word of what a phrase means: `to`, `*`, `action=reject` or `src=*`, where `*` takes the next word that was kept. */
function meantBy(literal: string, kept: Token[]): Token {
  const [, name, value = literal] = /^([a-z]+)=(.+)$/.exec(literal) ?? [];
  const token = value === '*' ? (kept.shift() ?? word('')) : word(value);
  return name === undefined ? token : { ...named(name, token.text), quoted: token.quoted };
}
