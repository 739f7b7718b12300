import { isRecognised } from '../reading.ts';
import { inCode } from '../wording.ts';
import { leastForm, toFillIn } from './corrections.ts';
import { type Entry, queryNamed } from './entry.ts';
import { meaningOf } from './free-words.ts';
import { type Draft, Mistake, withReplaced } from './mistake.ts';
import { PHRASES } from './phrases.ts';
import { nearest } from './plain-arguments.ts';
import { parseAddress } from './read-address.ts';
import { type Token, typedText, word } from './tokens.ts';

/** Shorter words (`to`, `was`) are in half of all summaries. */
const SHORTEST_SEARCHED = 4;

/**
 * The query that a line names with its first word. A beginning of a name is only suggested, never run.
 * @throws Mistake when the first word is no query.
 */
export function findQuery(draft: Draft, catalog: readonly Entry[]): Entry {
  const [first] = draft.words;
  if (first === undefined) throw nothingAsked(draft, catalog);
  const query = first.name === undefined ? queryNamed(first.text, catalog) : undefined;
  if (query !== undefined) return query;
  const address = queryOfAddress(first.text, catalog);
  if (address !== undefined) {
    const message = `${inCode(first.text)} is an address, which comes after the name of a query.`;
    const fixed = [word(address.name), ...draft.words, ...draft.window];
    throw new Mistake(message, { fixed, task: address, unknownQuery: true });
  }
  const misspelt = misspeltQuery(first.text, catalog);
  const meant = misspelt ?? describedQuery(first.text, catalog);
  const fixed = meant && withReplaced(draft, first, [word(meant.name)]);
  throw unknownQuery(first, fixed, misspelt === undefined);
}

/** The mistake of a word that is no query. */
export function unknownQuery(typed: Token, fixed: readonly Token[] | undefined, leavesOut: boolean): Mistake {
  const message = `There is no query ${inCode(typedText([typed]))}.`;
  return new Mistake(message, { fixed, unknownQuery: true, ...(leavesOut && { leavesOut }) });
}

/** The query that a word was most likely meant to be: by its letters or by what people call it, or by a word of its summary. */
export function similarQuery(typed: string, catalog: readonly Entry[]): Entry | undefined {
  return misspeltQuery(typed, catalog) ?? describedQuery(typed, catalog);
}

function misspeltQuery(typed: string, catalog: readonly Entry[]): Entry | undefined {
  const said = synonyms(catalog);
  const meant = nearest(typed, [...catalog.map(({ name }) => name), ...said.keys()]);
  return queryNamed(said.get(meant ?? '') ?? meant, catalog);
}

function describedQuery(typed: string, catalog: readonly Entry[]): Entry | undefined {
  if (typed.length < SHORTEST_SEARCHED || meaningOf(typed)?.kind === 'filler') return undefined;
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
  const problem = `${inCode(typedText(window))} says when, but not what to look for`;
  if (first === undefined) return new Mistake(`${problem}.`, {});
  const { message } = toFillIn(problem, first, [...leastForm(first), ...window]);
  return new Mistake(message, {});
}

/** `traffic` shows everything of an address; without it the first query that asks for one. */
function queryOfAddress(typed: string, catalog: readonly Entry[]): Entry | undefined {
  if (!isRecognised(parseAddress(typed))) return undefined;
  const takesIt = (query: Entry): boolean => {
    const [first] = Object.values(query.args);
    return first !== undefined && first.place === 'bare' && isRecognised(first.read(typed));
  };
  return catalog.find((query) => query.name === 'traffic' && takesIt(query)) ?? catalog.find(takesIt);
}
