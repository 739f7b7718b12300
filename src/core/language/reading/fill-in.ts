import type { Arg } from '../../args/arg.ts';
import type { Entry } from '../../entry.ts';
import { inCode } from '../words/in-code.ts';
import { named, type Token, word } from '../words/token.ts';
import { writeTokens } from '../words/write-tokens.ts';
import type { Draft } from './draft.ts';
import { Mistake } from './mistake.ts';

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
