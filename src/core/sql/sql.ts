/** SQL text and the values bound to its `?`, in order: plain data that both engines take. */
export interface Sql {
  readonly text: string;
  readonly bound: readonly string[];
}

/** What may stand in a `sql` template: a fragment is spliced, a number is written, text is always bound. */
export type SqlPart = Sql | number | string;

/**
 * Builds a fragment. Text never becomes part of the statement: it is bound to a `?`.
 * @throws RangeError when a number is not a safe integer, since it would be written into the text.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql {
  const bound: string[] = [];
  const text = strings.raw.reduce((written, piece, index) => {
    const part = parts[index - 1];
    return written + (part === undefined ? '' : write(part, bound)) + piece;
  });
  return { text, bound };
}

function write(part: SqlPart, bound: string[]): string {
  if (typeof part === 'string') {
    bound.push(part);
    return '?';
  }
  if (typeof part === 'number') {
    if (!Number.isSafeInteger(part)) throw new RangeError(`not a whole number: ${part}`);
    return String(part);
  }
  bound.push(...part.bound);
  return part.text;
}
