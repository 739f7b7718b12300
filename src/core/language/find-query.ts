import { parseAddress } from '../address/parse-address.ts';
import { nearest } from '../args/nearest.ts';
import type { CannedQuery } from '../query.ts';
import { type Draft, withReplaced } from './draft.ts';
import { exampleWords } from './example-line.ts';
import { inCode } from './in-code.ts';
import { Mistake } from './mistake.ts';
import { queryNamed } from './query-named.ts';
import { isUnderstood, typedText } from './read-ahead.ts';
import { type Token, word } from './token.ts';

/** Shorter words (`to`, `was`) are in half of all summaries. */
const SHORTEST_TELLING = 4;

/**
 * The query that a line names with its first word. A beginning of a name is only suggested, never run.
 * @throws Mistake when the first word is no query.
 */
export function findQuery(draft: Draft, catalog: readonly CannedQuery[]): CannedQuery {
  const [first] = draft.words;
  if (!first) throw nothingAsked(draft, catalog);
  const query = first.name === undefined ? queryNamed(first.text, catalog) : undefined;
  if (query) return query;
  const address = queryOfAddress(first.text, catalog);
  if (address) {
    const message = `${inCode(first.text)} is an address, which comes after the name of a query.`;
    throw new Mistake(message, [word(address.name), ...draft.words, ...draft.window]);
  }
  const meant = similarQuery(first.text, catalog);
  const fixed = meant ? withReplaced(draft, first, [word(meant.name)]) : [word('help')];
  throw unknownQuery(first, fixed);
}

/** The mistake of a word that is no query. */
export function unknownQuery(typed: Token, fixed: readonly Token[]): Mistake {
  return new Mistake(`There is no query ${inCode(typedText([typed]))}.`, fixed);
}

/** The query that a word was most likely meant to be: by its letters, or by a word of its summary. */
export function similarQuery(typed: string, catalog: readonly CannedQuery[]): CannedQuery | undefined {
  const near = queryNamed(
    nearest(
      typed,
      catalog.map(({ name }) => name),
    ),
    catalog,
  );
  if (near || typed.length < SHORTEST_TELLING) return near;
  const wanted = typed.toLowerCase();
  return catalog.find(({ summary }) =>
    summary
      .toLowerCase()
      .split(/[^a-z0-9-]+/)
      .includes(wanted),
  );
}

function nothingAsked({ window }: Draft, catalog: readonly CannedQuery[]): Mistake {
  const [first] = catalog;
  const message = `${inCode(typedText(window))} says when, but not what to look for.`;
  return new Mistake(message, first ? [...exampleWords(first), ...window] : [word('help')]);
}

/** `traffic` shows everything of an address; without it the first query that asks for one. */
function queryOfAddress(typed: string, catalog: readonly CannedQuery[]): CannedQuery | undefined {
  if (!isUnderstood(parseAddress(typed))) return undefined;
  const takesIt = (query: CannedQuery): boolean => {
    const [first] = Object.values(query.args);
    return first !== undefined && first.place === 'bare' && isUnderstood(first.read(typed));
  };
  return catalog.find((query) => query.name === 'traffic' && takesIt(query)) ?? catalog.find(takesIt);
}
