import type { Entry } from '../../entry.ts';
import type { HelpWanted } from '../../question.ts';
import { HELP_WORDS } from '../phrases/reserved-words.ts';
import { rewritePhrase } from '../phrases/rewrite.ts';
import { keyword, type Token, word } from '../words/token.ts';
import { similarQuery, unknownQuery } from './find-query.ts';
import { queryNamed } from './query-named.ts';

/**
 * Whether a line asks how to ask: empty, `help`, `?`, `help to`, `to help`, `to --help`.
 * @throws Mistake when it asks for help about a query that there is not.
 */
export function helpWanted(tokens: readonly Token[], catalog: readonly Entry[]): HelpWanted | undefined {
  const asks = isHelp(tokens[0]) || isHelp(tokens.at(-1));
  if (!asks && tokens.length > 0) return undefined;
  const about = tokens.filter((token) => !isHelp(token));
  const [first] = rewritePhrase(about, catalog).tokens;
  if (!first) return { help: 'all' };
  const query = queryNamed(keyword(first), catalog);
  if (query) return { help: query };
  const meant = similarQuery(first.text, catalog);
  throw unknownQuery(first, meant && [word('help'), word(meant.name)], false);
}

function isHelp(token: Token | undefined): boolean {
  const typed = keyword(token);
  return typed !== undefined && (HELP_WORDS.includes(typed) || (token?.dashed === true && typed === 'h'));
}
