import { isRecognised } from '../reading.ts';
import { parseDuration } from '../time/durations.ts';
import { type Entry, queryNamed } from './entry.ts';
import { ROW_WORDS } from './free-words.ts';
import { WINDOW_KEYWORDS } from './read-window.ts';
import { keyword, named, type Token, word } from './tokens.ts';

/** Words that people say for an entry of the catalog; `*` matches any one word, and they keep their order. */
export interface LinePhrase {
  readonly said: string;
  readonly means: string;
  /** The note for the person when it does not mean quite the same. */
  readonly note?: string;
}

const BOTH_WAYS = 'Read as a question about traffic between the two, in both directions';

/** How a line may begin. Only used when the catalog has the query that is meant; the longer of two comes first. */
export const PHRASES: readonly LinePhrase[] = [
  { said: 'rejected traffic from * to *', means: 'between * * action=reject', note: BOTH_WAYS },
  { said: 'rejected from * to *', means: 'between * * action=reject', note: BOTH_WAYS },
  { said: 'rejected between * and *', means: 'between * * action=reject' },
  { said: 'rejected between * *', means: 'between * * action=reject' },
  { said: 'rejected traffic from *', means: 'from * action=reject' },
  { said: 'rejected traffic to *', means: 'to * action=reject' },
  { said: 'rejected traffic of *', means: 'rejected *' },
  { said: 'rejected from *', means: 'from * action=reject' },
  { said: 'rejected to *', means: 'to * action=reject' },
  { said: 'rejected of *', means: 'rejected *' },
  { said: 'traffic between * and *', means: 'between * *' },
  { said: 'traffic between * *', means: 'between * *' },
  { said: 'traffic from * to *', means: 'between * *', note: BOTH_WAYS },
  { said: 'traffic to *', means: 'to *' },
  { said: 'traffic from *', means: 'from *' },
  { said: 'traffic of *', means: 'traffic *' },
  { said: 'traffic for *', means: 'traffic *' },
  { said: 'records from * to *', means: 'records src=* dst=*' },
  { said: 'records from *', means: 'records src=*' },
  { said: 'records to *', means: 'records dst=*' },
  { said: 'records of *', means: 'records *' },
  { said: 'records for *', means: 'records *' },
  { said: 'ports of *', means: 'ports *' },
  { said: 'ports for *', means: 'ports *' },
  { said: 'timeline of *', means: 'timeline *' },
  { said: 'timeline for *', means: 'timeline *' },
  { said: 'between * and *', means: 'between * *' },
  { said: 'from * to *', means: 'between * *', note: BOTH_WAYS },
  { said: 'who talked to *', means: 'to *' },
  { said: 'who talked with *', means: 'to *' },
  { said: 'who talks to *', means: 'to *' },
  { said: 'who is talking to *', means: 'to *' },
  { said: 'who talked to', means: 'to' },
  { said: 'who talks to', means: 'to' },
  { said: 'who is talking to', means: 'to' },
  { said: 'what talked to *', means: 'to *' },
  { said: 'what talks to *', means: 'to *' },
  { said: 'who did * talk to', means: 'from *' },
  { said: 'what did * talk to', means: 'from *' },
  { said: 'who does * talk to', means: 'from *' },
  { said: 'who is *', means: 'who *' },
  { said: 'what is *', means: 'who *' },
  { said: 'top talkers of *', means: 'top-talkers *' },
  { said: 'top-talkers of *', means: 'top-talkers *' },
  { said: 'top * talkers', means: 'top-talkers top=*' },
  { said: 'top talkers', means: 'top-talkers' },
  { said: 'talkers', means: 'top-talkers' },
  { said: 'rejected traffic', means: 'rejected' },
  { said: 'rejects', means: 'rejected' },
  { said: 'rejections', means: 'rejected' },
];

/** Words that people put around windows and options, at any position. */
const FILLERS: readonly LinePhrase[] = [
  { said: 'in the last', means: 'last' },
  { said: 'in last', means: 'last' },
  { said: 'within the last', means: 'last' },
  { said: 'within last', means: 'last' },
  { said: 'within', means: 'last' },
  { said: 'for the last', means: 'last' },
  { said: 'over the last', means: 'last' },
  { said: 'during the last', means: 'last' },
  { said: 'in the past', means: 'last' },
  { said: 'for the past', means: 'last' },
  { said: 'over the past', means: 'last' },
  { said: 'the last', means: 'last' },
  { said: 'the past', means: 'last' },
  { said: 'past', means: 'last' },
  { said: 'on port', means: 'port' },
];

/** Words that ask for help. */
export const HELP_WORDS: readonly string[] = ['help', '?'];

const PHRASE_WORDS = [...PHRASES, ...FILLERS].flatMap(({ said }) => said.split(' '));

/** Words with a meaning at any position: as a value they are quoted. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  ...WINDOW_KEYWORDS,
  ...HELP_WORDS,
  ...PHRASE_WORDS,
]);

/** Words with what people said at their beginning rewritten as the query that they meant. */
export function rewritePhrase(
  tokens: readonly Token[],
  catalog: readonly Entry[],
): { readonly tokens: readonly Token[]; readonly note?: string } {
  for (const phrase of PHRASES) {
    const [entry = ''] = phrase.means.split(' ');
    const match = matchPhrase(phrase, tokens);
    // A query that is called like the phrase comes first: `rejects` may be one some day.
    if (match === undefined || !queryNamed(entry, catalog) || queryNamed(phrase.said, catalog)) continue;
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
  const isName = entry !== undefined && spokenWindow(tokens, 0) === undefined;
  let at = isName ? 1 : 0;
  written.push(...tokens.slice(0, at));
  // Operations have options that are called like these words: `setup vpc-… for 2h`.
  const hasTimes = entry?.kind !== 'operation';
  while (at < tokens.length) {
    const match = (hasTimes ? spokenWindow(tokens, at) : undefined) ?? firstMatch(tokens, at);
    written.push(...(match?.meant ?? tokens.slice(at, at + 1)));
    at += match?.length ?? 1;
  }
  return written;
}

function firstMatch(tokens: readonly Token[], at: number): ReturnType<typeof matchPhrase> {
  for (const filler of FILLERS) {
    const match = matchPhrase(filler, tokens, at);
    if (match !== undefined) return match;
  }
  return undefined;
}

/** The words that a phrase at position `at` means, and how many words it took; undefined where there is none. */
function matchPhrase(
  { said, means }: LinePhrase,
  tokens: readonly Token[],
  at = 0,
): { readonly meant: readonly Token[]; readonly length: number } | undefined {
  const first = keyword(tokens[at]);
  if (first === undefined || !said.startsWith(first)) return undefined;
  const pattern = said.split(' ');
  const kept: Token[] = [];
  for (const [index, literal] of pattern.entries()) {
    const token = tokens[at + index];
    if (token === undefined || token.name !== undefined) return undefined;
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

const TIME = /^\d{1,2}:\d{2}(?::\d{2})?z?$/i;
const SPAN = /^(\d{1,2}:\d{2}(?::\d{2})?z?)(?:-|\.\.)(\d{1,2}:\d{2}(?::\d{2})?z?)$/i;
const ENDS: readonly (string | undefined)[] = ['to', 'until', 'till', 'and'];

/** Words of a window that people said, and how many words they said it in. */
interface SpokenWindow {
  readonly meant: readonly Token[];
  readonly length: number;
}

/**
 * The window that words mean which only their times make one: `between 14:00 and 15:00`, `from 14:00 to 15:00`,
 * `14:00-15:00`, `at 14:05`, `for 15m`; undefined where the next words mean none.
 */
function spokenWindow(tokens: readonly Token[], at: number): SpokenWindow | undefined {
  const [first, second, third, fourth] = tokens.slice(at, at + 4);
  const begin = keyword(first);
  const [, from, to] = (begin !== undefined && SPAN.exec(begin)) || [];
  if (from !== undefined && to !== undefined) return betweenTimes(word(from), word(to), 1);
  if (second === undefined || second.name !== undefined) return undefined;
  const amount = begin === 'the' ? spokenAmount(tokens, at + 1) : spokenAmount(tokens, at);
  if (amount !== undefined) return begin === 'the' ? { ...amount, length: amount.length + 1 } : amount;
  if (begin === 'for') {
    const duration = parseDuration(second.text);
    return isRecognised(duration) ? { meant: [word('last'), second], length: 2 } : undefined;
  }
  if (!TIME.test(second.text)) return undefined;
  if (begin === 'at') return { meant: [word('around'), second], length: 2 };
  const isSpan = (begin === 'between' || begin === 'from') && ENDS.includes(keyword(third));
  return isSpan && fourth !== undefined && TIME.test(fourth.text)
    ? betweenTimes(second, fourth, 4)
    : undefined;
}

/** `last 10 records` is how many, not how long. */
function spokenAmount(tokens: readonly Token[], at: number): SpokenWindow | undefined {
  const [last, amount, counted] = tokens.slice(at, at + 3);
  if (keyword(last) !== 'last' || amount === undefined || !/^\d+$/.test(amount.text)) return undefined;
  return ROW_WORDS.has(keyword(counted) ?? '') ? { meant: [word('top'), amount], length: 2 } : undefined;
}

function betweenTimes(from: Token, to: Token, length: number): SpokenWindow {
  return { meant: [word('since'), from, word('until'), to], length };
}
