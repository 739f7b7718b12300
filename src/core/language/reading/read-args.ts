import type { Arg } from '../../args/arg.ts';
import type { Entry } from '../../entry.ts';
import { inCode } from '../words/in-code.ts';
import { isUnderstood, typedText } from '../words/read-ahead.ts';
import { named, type Token, word } from '../words/token.ts';
import { type Draft, withReplaced } from './draft.ts';
import { fixForWord, fixForWords, type Taken } from './fix-for-word.ts';
import { joinOptions } from './join-options.ts';
import { Mistake } from './mistake.ts';
import { readOptions } from './read-options.ts';

/** Argument values by name, in the order of their declaration, and what was read otherwise than typed. */
export interface ReadArgs {
  readonly args: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/** Reads the words behind a query's name. @throws Mistake for the first word that does not fit, or for one that is missing. */
export function readArgs(query: Entry, { words: [name, ...typed], window }: Draft): ReadArgs {
  const words = joinOptions(typed, query);
  const draft = { words: name ? [name, ...words] : words, window };
  const { values, notes } = readOptions(query, draft);
  const bare = words.filter((token) => token.name === undefined);
  for (const [argument, arg] of Object.entries(query.args)) {
    if (arg.place !== 'bare' || values.has(argument)) continue;
    const token = bare.shift();
    if (!token) break;
    const reading = arg.read(token.text);
    if (!isUnderstood(reading) && isForAnother(token, argument, query, values)) {
      bare.unshift(token);
      continue;
    }
    if (!isUnderstood(reading)) {
      const elsewhere = arg.required ? undefined : fixForWord(token, query, taken(values, draft));
      const fixed = withReplaced(draft, token, elsewhere ?? [word(reading.instead)]);
      throw new Mistake(`${inCode(token.text)} ${reading.problem}.`, fixed);
    }
    values.set(argument, reading.value);
    if (reading.note !== undefined) notes.push(reading.note);
  }
  if (bare.length > 0) throw tooMany(query, values, draft, bare);
  return { args: complete(query, values, draft), notes };
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
  const fixed = [...kept, ...fixForWords(extra, query, taken(values, draft)), ...draft.window];
  return new Mistake(`${inCode(query.name)} does not take ${inCode(typedText(extra))}.`, fixed);
}

function complete(query: Entry, values: ReadonlyMap<string, unknown>, draft: Draft): ReadArgs['args'] {
  const entries = Object.entries(query.args).map(([name, arg]) => {
    if (arg.required && !values.has(name)) throw missing(query, name, arg, draft);
    return [name, values.has(name) ? values.get(name) : arg.fallback] as const;
  });
  return Object.fromEntries(entries);
}

function missing(query: Entry, name: string, arg: Arg<unknown>, { words, window }: Draft): Mistake {
  const example = arg.place === 'bare' ? word(arg.example) : named(name, arg.example);
  return new Mistake(`${inCode(query.name)} needs ${arg.about}.`, [...words, example, ...window]);
}
