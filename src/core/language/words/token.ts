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
