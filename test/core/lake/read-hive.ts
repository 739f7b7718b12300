/** A piece of Hive DDL: a quoted name, a text, or what is between them. */
export type HiveToken =
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'word'; readonly value: string };

/** Hive's own rules of quoting: a backslash takes the next character as it is, a quote ends the text. */
const TOKEN = /`([^`]*)`|'((?:[^'\\]|\\.)*)'|([A-Za-z]+|[(),.=]|\s+)/gsy;

/**
 * Cuts DDL into tokens as Hive's lexer does.
 * @throws RangeError where Hive would find none.
 */
export function readHive(ddl: string): readonly HiveToken[] {
  const tokens: HiveToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < ddl.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(ddl);
    if (found === null) throw new RangeError(`Hive reads nothing at ${ddl.slice(at, at + 20)}`);
    const [, name, text, word = ''] = found;
    if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else if (text !== undefined) tokens.push({ kind: 'text', value: text.replace(/\\(.)/gs, '$1') });
    else if (word.trim() !== '') tokens.push({ kind: 'word', value: word });
  }
  return tokens;
}

/** The values of one kind, in their order. */
export function valuesOf(kind: HiveToken['kind'], ddl: string): readonly string[] {
  return readHive(ddl).flatMap((token) => (token.kind === kind ? [token.value] : []));
}
