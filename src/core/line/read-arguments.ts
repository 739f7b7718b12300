import { isRecognised, type Reading } from '../reading.ts';
import { inCode } from '../wording.ts';
import { looksLikeName, readAddressName } from './address-name.ts';
import type { Arg } from './argument.ts';
import { fixForWord, fixForWords, formOf, placeholder, type Taken, toFillIn } from './corrections.ts';
import type { Entry } from './entry.ts';
import { argName, joinOptions, splitEndpoints } from './join-words.ts';
import { type Draft, Mistake, withReplaced, wordsWith } from './mistake.ts';
import { nearest } from './plain-arguments.ts';
import { named, type Token, typedText, word } from './tokens.ts';

/** Argument values by name, in the order of their declaration, and what was read otherwise than typed. */
export interface ReadArgs {
  readonly args: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/** Reads the words behind a query's name. @throws Mistake for the first word that does not fit, or for one that is missing. */
export function readArgs(query: Entry, { words: [name, ...typed], window }: Draft): ReadArgs {
  const words = splitEndpoints(joinOptions(typed, query), query);
  const draft = { words: name !== undefined ? [name, ...words] : words, window };
  const { values, notes } = readOptions(query, draft);
  const bare = words.filter((token) => token.name === undefined);
  const places = Object.entries(query.args).filter(
    ([argument, arg]) => arg.place === 'bare' && !values.has(argument),
  );
  for (const [at, [argument, arg]] of places.entries()) {
    const token = bare.shift();
    if (token === undefined) break;
    const strict = arg.read(token.text);
    if (!isRecognised(strict) && isForAnother(token, argument, query, values)) {
      bare.unshift(token);
      continue;
    }
    const isMore = !arg.required && bare.length >= places.length - at;
    const mayBeName = !isRecognised(strict) && mayName(token, arg, query, values, draft, isMore);
    const reading = mayBeName ? readOrName(arg, token) : strict;
    if (!isRecognised(reading)) {
      if (isMore) throw tooMany(query, values, draft, [token, ...bare]);
      throw misread(query, draft, token, arg, argument, values);
    }
    values.set(argument, reading.value);
    if (reading.note !== undefined) notes.push(reading.note);
  }
  if (bare.length > 0) throw tooMany(query, values, draft, bare);
  return { args: complete(query, values, draft), notes };
}

/** A value as its argument reads it, or else a name where it takes names. */
function readOrName(arg: Arg<unknown>, token: Token): Reading<unknown> {
  const reading = arg.read(token.text);
  if (isRecognised(reading) || !arg.takesNames) return reading;
  const name = readAddressName(token);
  return name === undefined ? reading : { value: name };
}

/**
 * Whether a bare word may be a name: not what an argument is called. For an argument that need not be given also not a
 * word that is meant for another one (`rejected ssh`), and among words that are too many only what looks like a name.
 */
function mayName(
  token: Token,
  { required }: Arg<unknown>,
  query: Entry,
  values: ReadonlyMap<string, unknown>,
  draft: Draft,
  isMore: boolean,
): boolean {
  if (token.quoted) return true;
  if (argName(token.text.toLowerCase(), query) !== undefined) return false;
  if (required) return true;
  if (isMore && !looksLikeName(token.text)) return false;
  return fixForWord(token, query, taken(values, draft)) === undefined;
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
  const { problem, instead } = isRecognised(reading) ? { problem: '', instead: undefined } : reading;
  const elsewhere = arg.required ? undefined : fixForWord(token, query, taken(values, draft));
  const by = elsewhere ?? (instead === undefined ? undefined : [word(instead)]);
  if (by !== undefined) {
    const fixed = withReplaced(draft, token, by);
    return new Mistake(`${inCode(token.text)} ${problem}.`, { fixed, task: query });
  }
  const form = wordsWith(draft, token, [placeholder(name, arg)]);
  return toFillIn(`${inCode(token.text)} ${problem}`, query, formOf(query, form, draft));
}

/** Whether an argument may be left out here because the form of one behind it identifies that. */
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
      arg.place === 'bare' && arg.distinct && !values.has(name) && isRecognised(arg.read(text)),
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

/** What the options of a line say, to be filled up with its bare words. */
interface OptionValues {
  readonly values: Map<string, unknown>;
  readonly notes: string[];
}

/** Reads every `name=value` of a draft. @throws Mistake for the first one that does not fit. */
function readOptions(query: Entry, draft: Draft): OptionValues {
  const values = new Map<string, unknown>();
  const typed = new Map<string, string>();
  const notes: string[] = [];
  for (const token of draft.words) {
    if (token.name === undefined) continue;
    const name = argName(token.name, query);
    const arg = name === undefined ? undefined : query.args[name];
    if (name === undefined || arg === undefined) throw unknownOption(query, draft, token, token.name);
    const before = typed.get(name);
    if (before !== undefined) throw givenTwice(query, draft, token, name, before);
    const { text } = token;
    if (text === '' && !token.quoted)
      throw fillIn(`${inCode(`${name}=`)} needs ${arg.about} behind it`, query, draft, token, name);
    const reading = readOrName(arg, token);
    if (!isRecognised(reading)) {
      const problem = `${inCode(text)} ${reading.problem}`;
      if (reading.instead === undefined) throw fillIn(problem, query, draft, token, name);
      const fixed = withReplaced(draft, token, [named(name, reading.instead)]);
      throw new Mistake(`${problem}.`, { fixed, task: query });
    }
    values.set(name, reading.value);
    typed.set(name, text);
    if (reading.note !== undefined) notes.push(reading.note);
  }
  return { values, notes };
}

function fillIn(problem: string, query: Entry, draft: Draft, token: Token, name: string): Mistake {
  const form = wordsWith(draft, token, [named(name, `<${query.args[name]?.hint}>`)]);
  return toFillIn(problem, query, formOf(query, form, draft));
}

/** Which of two values is meant only the person knows. */
function givenTwice(query: Entry, draft: Draft, token: Token, name: string, before: string): Mistake {
  const isSame = before.toLowerCase() === token.text.toLowerCase();
  const values = isSame ? inCode(before) : `${inCode(before)} and ${inCode(token.text)}`;
  const fixed = isSame ? withReplaced(draft, token, []) : undefined;
  return new Mistake(`${inCode(name)} is given twice, as ${values}.`, { fixed, task: query });
}

function unknownOption(query: Entry, draft: Draft, token: Token, typed: string): Mistake {
  const meant = nearest(typed, Object.keys(query.args));
  const fixed = meant === undefined ? undefined : withReplaced(draft, token, [named(meant, token.text)]);
  return new Mistake(`${inCode(query.name)} has no option ${inCode(typed)}.`, { fixed, task: query });
}
