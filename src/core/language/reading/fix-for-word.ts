import type { Arg } from '../../args/arg.ts';
import type { Entry } from '../../entry.ts';
import { serviceName } from '../../flow-log/services.ts';
import { parseDuration } from '../../window/duration/parse-duration.ts';
import { writeDuration } from '../../window/duration/write-duration.ts';
import { meaningOf } from '../free/free-words.ts';
import { isUnderstood } from '../words/read-ahead.ts';
import { named, type Token, word } from '../words/token.ts';

const GRAMMATICAL: ReadonlySet<string> = new Set([
  'preposition',
  'place',
  'pair',
  'filler',
  'by',
  'auxiliary',
]);

/** What a line already has, so that a word without a place is not meant for it. */
export interface Taken {
  readonly names: ReadonlySet<string>;
  readonly window: boolean;
}

/**
 * What a word was meant for that fits no place: the window if it is a length of time and there is none yet, or the
 * first free argument that understands it (`443` is `port=443`).
 */
export function fixForWord(token: Token, query: Entry, taken: Taken): readonly Token[] | undefined {
  const duration = parseDuration(token.text);
  if (isUnderstood(duration) && !taken.window) return [word('last'), word(writeDuration(duration.value))];
  for (const [name, arg] of Object.entries(query.args)) {
    if (arg.required || arg.everywhere === true || taken.names.has(name)) continue;
    if (!saysWhich(token.text, arg)) continue;
    if (isUnderstood(arg.read(token.text))) return [named(name, token.text)];
  }
  return undefined;
}

/**
 * A number alone is a port where it can be no amount, and never a protocol; an address alone does not say which end it is;
 * and words that hold sentences together say nothing alone (`in` is no direction).
 */
function saysWhich(text: string, { hint, place }: Arg<unknown>): boolean {
  if (GRAMMATICAL.has(meaningOf(text)?.kind ?? '')) return false;
  if (!/^\d/.test(text)) return true;
  return hint === 'port' ? saysPort(text) : place === 'bare' && hint !== 'n';
}

/** No query takes a higher amount. */
const MOST_ROWS = 1000;

function saysPort(text: string): boolean {
  return !/^\d+$/.test(text) || Number(text) > MOST_ROWS || serviceName(Number(text)) !== undefined;
}

/** What several words were meant for, each place filled once; undefined where one of them fits none. */
export function fixForWords(
  tokens: readonly Token[],
  query: Entry,
  taken: Taken,
): readonly Token[] | undefined {
  const names = new Set(taken.names);
  let window = taken.window;
  const fixes: Token[] = [];
  for (const token of tokens) {
    const fix = fixForWord(token, query, { names, window });
    if (fix === undefined) return undefined;
    for (const { name } of fix) {
      if (name === undefined) window = true;
      else names.add(name);
    }
    fixes.push(...fix);
  }
  return fixes;
}
