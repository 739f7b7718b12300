import { inCode } from '../wording.ts';
import { readAddressName } from './address-name.ts';
import type { Arg } from './argument.ts';
import type { Entry } from './entry.ts';
import { splitEndpoint } from './read-address.ts';
import { isWindowKeyword } from './read-window.ts';
import { named, type Token, word, writeTokens } from './tokens.ts';

/** An entry with the words that are filled in for it. */
export interface FilledForm {
  readonly entry: Entry;
  /** By the name of the argument; empty or missing where it is left out. */
  readonly values: Readonly<Record<string, string>>;
  /** Options that every entry takes: `region=eu-central-1 names=off`. */
  readonly more: string;
  /** `last 1h`; empty where it is left out. */
  readonly window: string;
}

/** The arguments that have a field of their own: those that every entry takes share one. */
export function formArguments({ args }: Entry): readonly (readonly [name: string, arg: Arg<unknown>])[] {
  return Object.entries(args).filter(([, { everywhere }]) => everywhere !== true);
}

/** A form as the line that it means. Every value is written with the name of its argument, so that none fills another's place. */
export function lineOfForm({ entry, values, more, window }: FilledForm): string {
  const given = formArguments(entry).flatMap(([name, arg]) => {
    const text = values[name]?.trim() ?? '';
    return text === '' ? [] : [valueToken(name, arg, text)];
  });
  const asked = writeTokens([word(entry.name), ...given]);
  return [asked, more.trim(), window.trim()].filter((part) => part !== '').join(' ');
}

function valueToken(name: string, arg: Arg<unknown>, text: string): Token {
  // `on=vpc-…` would be a window.
  if (isWindowKeyword(name)) return word(text);
  const isQuotedName =
    arg.takesNames === true && readAddressName(word(text)) === undefined && /\s/.test(text);
  return { ...named(name, text), quoted: isQuotedName };
}

/**
 * The form of another entry: what has the same name stays, and the addresses of the one go into the places of the other in
 * their order.
 */
export function withEntry(form: FilledForm, entry: Entry): FilledForm {
  const names = formArguments(entry);
  const same = names.flatMap(([name]) => {
    const text = form.values[name] ?? '';
    return text === '' ? [] : [[name, text] as const];
  });
  const kept = new Set(same.map(([name]) => name));
  const addresses = formArguments(form.entry).flatMap(([name, { takesNames }]) =>
    takesNames && !kept.has(name) && form.values[name] ? [form.values[name]] : [],
  );
  const free = names.filter(
    ([name, { takesNames, place }]) => takesNames && place === 'bare' && !kept.has(name),
  );
  const carried = free.flatMap(([name], index) => {
    const text = addresses[index];
    return text === undefined ? [] : [[name, text] as const];
  });
  return { ...form, entry, values: Object.fromEntries([...same, ...carried]) };
}

/** Which field of a form is wrong, with one sentence on it. */
export interface FormFault {
  /** The name of an argument, or one of the fields that every form has. */
  readonly field: { readonly arg: string } | 'entry' | 'more' | 'window';
  readonly sentence: string;
}

/**
 * Finds the field of a form to which the problem of its line belongs; undefined where there is none. `problemOf` gives the
 * sentence on a line that is not understood.
 */
export function faultIn(
  form: FilledForm,
  problemOf: (line: string) => string | undefined,
): FormFault | undefined {
  const whole = problemOf(lineOfForm(form));
  if (whole === undefined) return undefined;
  for (const [name, arg] of formArguments(form.entry)) {
    const sentence = problemWith(form.values[name]?.trim() ?? '', arg, form.entry);
    if (sentence !== undefined) return { field: { arg: name }, sentence };
  }
  for (const field of ['window', 'more'] as const) {
    const isToBlame = form[field] !== '' && problemOf(lineOfForm({ ...form, [field]: '' })) === undefined;
    if (isToBlame) return { field, sentence: whole };
  }
  return { field: 'entry', sentence: whole };
}

function problemWith(text: string, arg: Arg<unknown>, entry: Entry): string | undefined {
  if (text === '') return arg.required ? `Give ${arg.about}, for example ${arg.example}.` : undefined;
  const read = arg.read(text);
  if ('value' in read || isName(text, arg, entry)) return undefined;
  const instead = read.instead ?? `${arg.about}, for example ${arg.example}`;
  return `${inCode(text)} ${read.problem}: type ${instead}.`;
}

const NAME_AND_PORT = /^(.+):([a-z0-9-]{1,30})$/i;

/** A name, or an address or a name with a port behind it, where the entry takes ports. */
function isName(text: string, { takesNames }: Arg<unknown>, { args }: Entry): boolean {
  if (takesNames !== true) return false;
  if (
    readAddressName(word(text)) ??
    (/\s/.test(text) ? readAddressName({ ...word(text), quoted: true }) : undefined)
  )
    return true;
  if (args.port === undefined) return false;
  const [, host = ''] = NAME_AND_PORT.exec(text) ?? [];
  return splitEndpoint(text) !== undefined || readAddressName(word(host)) !== undefined;
}
