import { serviceName } from '../flow-log/services.ts';
import { isRecognised } from '../reading.ts';
import { parseDuration, writeDuration } from '../time/durations.ts';
import { inCode } from '../wording.ts';
import type { Arg } from './argument.ts';
import type { Entry } from './entry.ts';
import { meaningOf } from './free-words.ts';
import { type Draft, Mistake } from './mistake.ts';
import { named, type Token, word, writeTokens } from './tokens.ts';

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
  if (isRecognised(duration) && !taken.window) return [word('last'), word(writeDuration(duration.value))];
  for (const [name, arg] of Object.entries(query.args)) {
    if (arg.required || arg.everywhere === true || taken.names.has(name)) continue;
    if (!saysWhich(token.text, arg)) continue;
    if (isRecognised(arg.read(token.text))) return [named(name, token.text)];
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

/** The arguments that several words were meant for, each filled once; undefined where a word fits none. */
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

/** A longer form is shown without what was typed, so that its placeholder is never cut off. */
const LONGEST_FORM = 100;

/** Takes the place of a value in a form that the person has to fill in: `<address>`, `port=<port>`. */
export function placeholder(name: string, { place, hint }: Pick<Arg<unknown>, 'place' | 'hint'>): Token {
  return place === 'bare' ? word(`<${hint}>`) : named(name, `<${hint}>`);
}

/** The words of a form that asks for no more than an entry cannot do without: `between <address> <address>`. */
export function leastForm({ name, args }: Entry): readonly Token[] {
  const required = Object.entries(args).filter(([, arg]) => arg.required);
  return [word(name), ...required.map(([argument, arg]) => placeholder(argument, arg))];
}

/**
 * The mistake of a value that is missing or wrong and cannot be known. The sentence ends with what to type, in which a
 * placeholder takes the place of that value; no line is made that would run.
 */
export function toFillIn(problem: string, task: Entry, form: readonly Token[]): Mistake {
  const whole = writeTokens(form);
  const shown = whole.length <= LONGEST_FORM ? whole : writeTokens(leastForm(task));
  return new Mistake(`${problem}: type ${inCode(shown, LONGEST_FORM)}.`, { task });
}

/** What was typed, with placeholders for the bare words that are still missing, and the window behind. */
export function formOf(entry: Entry, words: readonly Token[], { window }: Draft): readonly Token[] {
  const names = new Set(words.map(({ name }) => name));
  const bare = words.filter(({ name }) => name === undefined).length - 1;
  const places = Object.entries(entry.args).filter(([name, arg]) => arg.place === 'bare' && !names.has(name));
  const missing = places.slice(Math.max(bare, 0)).filter(([, arg]) => arg.required);
  const firstNamed = words.findIndex(({ name }) => name !== undefined);
  const at = firstNamed < 0 ? words.length : firstNamed;
  const filled = missing.map(([name, arg]) => placeholder(name, arg));
  return [...words.slice(0, at), ...filled, ...words.slice(at), ...window];
}
