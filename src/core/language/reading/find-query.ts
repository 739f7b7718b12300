import { parseAddress } from '../../address/parse-address.ts';
import { nearest } from '../../args/nearest.ts';
import type { Entry } from '../../entry.ts';
import { exampleWords } from '../example-line.ts';
import { PHRASES } from '../phrases/phrase.ts';
import { inCode } from '../words/in-code.ts';
import { isUnderstood, typedText } from '../words/read-ahead.ts';
import { type Token, word } from '../words/token.ts';
import { type Draft, withReplaced } from './draft.ts';
import { Mistake } from './mistake.ts';
import { queryNamed } from './query-named.ts';

/** Shorter words (`to`, `was`) are in half of all summaries. */
const SHORTEST_TELLING = 4;

/**
 * The query that a line names with its first word. A beginning of a name is only suggested, never run.
 * @throws Mistake when the first word is no query.
 */
export function findQuery(draft: Draft, catalog: readonly Entry[]): Entry {
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

/** The query that a word was most likely meant to be: by its letters, by what people call it, or by a word of its summary. */
export function similarQuery(typed: string, catalog: readonly Entry[]): Entry | undefined {
  const names = catalog.map(({ name }) => name);
  const said = synonyms(catalog);
  const meant = nearest(typed, [...names, ...said.keys()]);
  const near = queryNamed(said.get(meant ?? '') ?? meant, catalog);
  if (near || typed.length < SHORTEST_TELLING) return near;
  const wanted = typed.toLowerCase();
  return catalog.find(({ summary }) =>
    summary
      .toLowerCase()
      .split(/[^a-z0-9-]+/)
      .includes(wanted),
  );
}

/** What people call a query in one word, and its name. */
function synonyms(catalog: readonly Entry[]): ReadonlyMap<string, string> {
  const known = PHRASES.filter(({ said, means }) => !said.includes(' ') && queryNamed(means, catalog));
  return new Map(known.map(({ said, means }) => [said, means]));
}

function nothingAsked({ window }: Draft, catalog: readonly Entry[]): Mistake {
  const [first] = catalog;
  const message = `${inCode(typedText(window))} says when, but not what to look for.`;
  return new Mistake(message, first ? [...exampleWords(first), ...window] : [word('help')]);
}

/** `traffic` shows everything of an address; without it the first query that asks for one. */
function queryOfAddress(typed: string, catalog: readonly Entry[]): Entry | undefined {
  if (!isUnderstood(parseAddress(typed))) return undefined;
  const takesIt = (query: Entry): boolean => {
    const [first] = Object.values(query.args);
    return first !== undefined && first.place === 'bare' && isUnderstood(first.read(typed));
  };
  return catalog.find((query) => query.name === 'traffic' && takesIt(query)) ?? catalog.find(takesIt);
}
