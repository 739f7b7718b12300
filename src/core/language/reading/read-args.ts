import type { Arg } from '../../args/arg.ts';
import type { Entry } from '../../entry.ts';
import { inCode } from '../words/in-code.ts';
import { isUnderstood, typedText } from '../words/read-ahead.ts';
import { type Token, word } from '../words/token.ts';
import { type Draft, withReplaced, wordsWith } from './draft.ts';
import { formOf, placeholder, toFillIn } from './fill-in.ts';
import { fixForWord, fixForWords, type Taken } from './fix-for-word.ts';
import { joinOptions } from './join-options.ts';
import { Mistake } from './mistake.ts';
import { readOptions } from './read-options.ts';
import { splitEndpoints } from './split-endpoints.ts';

/** Argument values by name, in the order of their declaration, and what was read otherwise than typed. */
export interface ReadArgs {
  readonly args: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/** Reads the words behind a query's name. @throws Mistake for the first word that does not fit, or for one that is missing. */
export function readArgs(query: Entry, { words: [name, ...typed], window }: Draft): ReadArgs {
  const words = splitEndpoints(joinOptions(typed, query), query);
  const draft = { words: name ? [name, ...words] : words, window };
  const { values, notes } = readOptions(query, draft);
  const bare = words.filter((token) => token.name === undefined);
  const places = Object.entries(query.args).filter(
    ([argument, arg]) => arg.place === 'bare' && !values.has(argument),
  );
  for (const [at, [argument, arg]] of places.entries()) {
    const token = bare.shift();
    if (!token) break;
    const reading = arg.read(token.text);
    if (!isUnderstood(reading) && isForAnother(token, argument, query, values)) {
      bare.unshift(token);
      continue;
    }
    if (!isUnderstood(reading)) {
      const isMore = !arg.required && bare.length >= places.length - at;
      if (isMore) throw tooMany(query, values, draft, [token, ...bare]);
      throw misread(query, draft, token, arg, argument, values);
    }
    values.set(argument, reading.value);
    if (reading.note !== undefined) notes.push(reading.note);
  }
  if (bare.length > 0) throw tooMany(query, values, draft, bare);
  return { args: complete(query, values, draft), notes };
}

/** A bare word that its argument does not understand: put right where it means the same, or is meant for another one. */
function misread(
  query: Entry,
  draft: Draft,
  token: Token,
  arg: Arg<unknown>,
  name: string,
  values: ReadonlyMap<string, unknown>,
): Mistake {
  const reading = arg.read(token.text);
  const { problem, instead } = isUnderstood(reading) ? { problem: '', instead: undefined } : reading;
  const elsewhere = arg.required ? undefined : fixForWord(token, query, taken(values, draft));
  const by = elsewhere ?? (instead === undefined ? undefined : [word(instead)]);
  if (by !== undefined) {
    const fixed = withReplaced(draft, token, by);
    return new Mistake(`${inCode(token.text)} ${problem}.`, { fixed, task: query });
  }
  const form = wordsWith(draft, token, [placeholder(name, arg)]);
  return toFillIn(`${inCode(token.text)} ${problem}`, query, formOf(query, form, draft));
}

/** Whether an argument may be left out here because one behind it is told by its form. */
function isForAnother(
  { text }: Token,
  argument: string,
  { args }: Entry,
  values: ReadonlyMap<string, unknown>,
): boolean {
  if (args[argument]?.required) return false;
  const entries = Object.entries(args);
  const behind = entries.slice(entries.findIndex(([name]) => name === argument) + 1);
  return behind.some(
    ([name, arg]) =>
      arg.place === 'bare' && arg.distinct && !values.has(name) && isUnderstood(arg.read(text)),
  );
}

function taken(values: ReadonlyMap<string, unknown>, { window }: Draft): Taken {
  return { names: new Set(values.keys()), window: window.length > 0 };
}

function tooMany(
  query: Entry,
  values: ReadonlyMap<string, unknown>,
  draft: Draft,
  extra: readonly Token[],
): Mistake {
  const kept = draft.words.filter((token) => !extra.includes(token));
  const fixes = fixForWords(extra, query, taken(values, draft));
  const fixed = fixes && [...kept, ...fixes, ...draft.window];
  return new Mistake(`${inCode(query.name)} does not take ${inCode(typedText(extra))}.`, {
    fixed,
    task: query,
  });
}

function complete(query: Entry, values: ReadonlyMap<string, unknown>, draft: Draft): ReadArgs['args'] {
  const entries = Object.entries(query.args).map(([name, arg]) => {
    if (arg.required && !values.has(name)) throw missing(query, arg, draft);
    return [name, values.has(name) ? values.get(name) : arg.fallback] as const;
  });
  return Object.fromEntries(entries);
}

function missing(query: Entry, { about }: Arg<unknown>, draft: Draft): Mistake {
  return toFillIn(`${inCode(query.name)} needs ${about}`, query, formOf(query, draft.words, draft));
}
