import { isRecognised, type Reading } from '../reading.ts';

/** A word of a line, or a `name=value`. */
export interface Token {
  /** Lower case; undefined for a bare word. */
  readonly name?: string;
  readonly text: string;
  /** Quoted words are values: never a keyword, a query or a phrase. */
  readonly quoted: boolean;
  /** Whether it was typed as `--name`. */
  readonly dashed: boolean;
}

/** A bare word as it is typed without quotes. */
export function word(text: string): Token {
  return { text, quoted: false, dashed: false };
}

/** A `name=value`. */
export function named(name: string, text: string): Token {
  return { name, text, quoted: false, dashed: false };
}

/** The keyword that a token may be, in lower case; undefined for values and quoted words. */
export function keyword(token: Token | undefined): string | undefined {
  return token === undefined || token.quoted || token.name !== undefined
    ? undefined
    : token.text.toLowerCase();
}

const SPACE = / */y;
const HEAD = /(-{1,4}(?=[a-z]))?(?:([a-z][a-z0-9_-]{0,63})=)?/iy;
const DOUBLE = /"((?:[^"\\]|\\.)*)"(?= |$)/y;
const SINGLE = /'([^']*)'(?= |$)/y;
const BARE = /[^ ]*/y;

/**
 * Splits a clean line into words, in one pass. Quotes group words and keep them values; `\` escapes inside double
 * quotes; a quote that is never closed is an ordinary character.
 */
export function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    at += match?.[0].length ?? 0;
    return match;
  };
  for (take(SPACE); at < line.length; take(SPACE)) {
    const head = take(HEAD);
    const double = take(DOUBLE)?.[1]?.replace(/\\(.)/g, '$1');
    const quoted = double ?? take(SINGLE)?.[1];
    const text = quoted ?? take(BARE)?.[0] ?? '';
    const name = head?.[2]?.toLowerCase();
    const dashed = head?.[1] !== undefined;
    tokens.push({ ...(name !== undefined && { name }), text, quoted: quoted !== undefined, dashed });
  }
  return tokens;
}

/** Splits, groups or escapes, or would be taken for an option or for the end of a question. */
const ODD = /[ "'\\]|^$|^-|\?$/;
const LIKE_OPTION = /^[a-z][a-z0-9_-]*=/i;

/** Writes words as a line that splits into them again. */
export function writeTokens(tokens: readonly Token[]): string {
  return tokens.map(writeToken).join(' ');
}

function writeToken({ name, text, quoted, dashed }: Token): string {
  if (name !== undefined) return `${name}=${quoted || ODD.test(text) ? quote(text) : text}`;
  if (quoted || ODD.test(text) || LIKE_OPTION.test(text)) return quote(text);
  return dashed ? `--${text}` : text;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Values of several words are tried before those of fewer: `2026-11-22 14:05 UTC`, `1 hour 30 minutes`. */
const LONGEST = 4;

/** A value read from the first words of a list, and how many it took. */
export interface ReadAhead<T> {
  readonly value: T;
  readonly length: number;
  /** What was read otherwise than typed. */
  readonly notes: readonly string[];
}

/** Reads a value of up to four words; undefined when not even the first is understood. */
export function readAhead<T>(
  tokens: readonly Token[],
  read: (typed: string) => Reading<T>,
): ReadAhead<T> | undefined {
  const named = tokens.slice(0, LONGEST).findIndex(({ name }) => name !== undefined);
  for (let length = named < 0 ? Math.min(LONGEST, tokens.length) : named; length > 0; length--) {
    const reading = read(typedText(tokens.slice(0, length)));
    if (isRecognised(reading)) {
      const { value, note } = reading;
      return { value, length, notes: note === undefined ? [] : [note] };
    }
  }
  return undefined;
}

/** Words as they were typed, with a space between them. */
export function typedText(tokens: readonly Token[]): string {
  return tokens.map(({ name, text }) => (name === undefined ? text : `${name}=${text}`)).join(' ');
}

const LINK_WITH_LABEL = /<(?:https?|ftp|ssh|tel|mailto):[^<>|]*\|([^<>|]*)>/gi;
const BARE_LINK = /<(?:https?|ftp|ssh):\/\/([^<>|/\s]*)\/?>/gi;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;
const LONG_DASHES = /[\u2014\u2015]/g;
const DOUBLE_QUOTES = /[\u00ab\u00bb\u201c-\u201f\u2033]/g;
const SINGLE_QUOTES = /[\u2018-\u201b\u2032\u2039\u203a\u00b4]/g;

/**
 * Undoes what phones and Slack do to a line: links around hosts and numbers, `&amp;`, curly quotes, long dashes,
 * full-width letters, invisible characters, the code marks of a pasted line and the question mark of a question.
 */
export function clean(line: string): string {
  return line
    .replace(LINK_WITH_LABEL, '$1')
    .replace(BARE_LINK, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(LONG_DASHES, '--')
    .replace(DASHES, '-')
    .replace(DOUBLE_QUOTES, '"')
    .replace(SINGLE_QUOTES, "'")
    .normalize('NFKC')
    .replaceAll('`', ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Z}]/gu, ' ')
    .trim()
    .replace(/(?<=[^\s?])\?+$/, '');
}
