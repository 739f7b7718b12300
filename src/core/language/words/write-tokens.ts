import type { Token } from './token.ts';

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
