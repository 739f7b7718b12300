import type { Token } from './token.ts';

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
