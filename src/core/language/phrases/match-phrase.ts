import { keyword, type Token, word } from '../words/token.ts';
import type { Phrase } from './phrase.ts';

/** The words that a phrase means where it stands at `at`, and how many words it took; undefined where it does not. */
export function matchPhrase(
  { said, means }: Phrase,
  tokens: readonly Token[],
  at = 0,
): { readonly meant: readonly Token[]; readonly length: number } | undefined {
  const pattern = said.split(' ');
  const kept: Token[] = [];
  for (const [index, literal] of pattern.entries()) {
    const token = tokens[at + index];
    if (!token || token.name !== undefined) return undefined;
    if (literal === '*') kept.push(token);
    else if (keyword(token) !== literal) return undefined;
  }
  const meant = means
    .split(' ')
    .map((literal) => (literal === '*' ? kept.shift() : undefined) ?? word(literal));
  return { meant, length: pattern.length };
}
