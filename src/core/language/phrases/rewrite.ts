import type { Entry } from '../../entry.ts';
import { isOperation } from '../../operation/operation.ts';
import { queryNamed } from '../reading/query-named.ts';
import { keyword, type Token } from '../words/token.ts';
import { matchPhrase } from './match-phrase.ts';
import { FILLERS, PHRASES } from './phrase.ts';
import { spokenTime } from './spoken-times.ts';

/** Words with what people said at their beginning rewritten as the query that they meant. */
export function rewritePhrase(
  tokens: readonly Token[],
  catalog: readonly Entry[],
): { readonly tokens: readonly Token[]; readonly note?: string } {
  for (const phrase of PHRASES) {
    const [entry = ''] = phrase.means.split(' ');
    const match = matchPhrase(phrase, tokens);
    // A query that is called like the phrase comes first: `rejects` may be one some day.
    if (!match || !queryNamed(entry, catalog) || queryNamed(phrase.said, catalog)) continue;
    return {
      tokens: [...match.meant, ...tokens.slice(match.length)],
      ...(phrase.note && { note: phrase.note }),
    };
  }
  return { tokens };
}

/** Words without what people put around windows and options: `in the last hour` is `last hour`. */
export function rewriteFillers(tokens: readonly Token[], catalog: readonly Entry[]): readonly Token[] {
  const written: Token[] = [];
  const entry = queryNamed(keyword(tokens[0]), catalog);
  const isName = entry !== undefined && spokenTime(tokens, 0) === undefined;
  let at = isName ? 1 : 0;
  written.push(...tokens.slice(0, at));
  // Operations have options that are called like these words: `setup vpc-… for 2h`.
  const hasTimes = entry === undefined || !isOperation(entry);
  while (at < tokens.length) {
    const match = (hasTimes ? spokenTime(tokens, at) : undefined) ?? firstMatch(tokens, at);
    written.push(...(match?.meant ?? tokens.slice(at, at + 1)));
    at += match?.length ?? 1;
  }
  return written;
}

function firstMatch(tokens: readonly Token[], at: number): ReturnType<typeof matchPhrase> {
  for (const filler of FILLERS) {
    const match = matchPhrase(filler, tokens, at);
    if (match) return match;
  }
  return undefined;
}
