import { type AddressRange, comparedText } from '../flow-log/addresses.ts';
import { AWS_LIMITS } from '../flow-log/aws-limits.ts';
import type { Sql } from './sql.ts';

const IDENTIFIER = new RegExp(`^[a-z_][a-z0-9_]{0,${AWS_LIMITS.catalogName - 1}}$`);

/**
 * A column or table name, quoted as both engines quote it. Names come from our own tables or from a log's
 * header after `columnName`, never from a line.
 * @throws RangeError when the name is not a plain lower-case identifier.
 */
export function identifier(name: string): Sql {
  if (!IDENTIFIER.test(name)) throw new RangeError(`not an identifier: ${name}`);
  return { text: `"${name}"`, bound: [] };
}

const STORED = new RegExp(`^[a-z_][a-z0-9_-]{0,${AWS_LIMITS.catalogName - 1}}$`);

/**
 * A value in a table that flowlog did not make: a column, then members of structs in it. Engines compare these names without
 * case, and they may have the hyphens of a log's header.
 * @throws RangeError when one of the names is anything else.
 */
export function storedPath(path: readonly string[]): Sql {
  const wrong = path.find((name) => !STORED.test(name));
  if (wrong !== undefined || path.length === 0) throw new RangeError(`not a column: ${wrong ?? ''}`);
  return { text: path.map((name) => `"${name}"`).join('.'), bound: [] };
}

const CATALOG = /^[A-Za-z0-9_-]+(\/[a-z0-9_-]+)?$/;

/**
 * The catalog of a table, as Athena names it in a statement: that of a table bucket is `"s3tablescatalog/<bucket>"`.
 * @throws RangeError when it is none.
 */
export function catalogName(name: string): Sql {
  if (!CATALOG.test(name)) throw new RangeError(`not a catalog: ${name}`);
  return { text: `"${name}"`, bound: [] };
}

/** An instant written into a statement, in UTC, to be compared with columns of time with a zone or without one. */
export function timestampLiteral(seconds: number): Sql {
  const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return { text: `TIMESTAMP '${text}'`, bound: [] };
}

const CANONICAL = /^[0-9a-f.:]{2,39}(\/\d{1,3})?$/;

/**
 * An address written into a statement, for a column that is computed from it: Athena documents bound values for WHERE
 * alone, and there they are bound. An `AddressRange` is our own parser's writing, and even so only what an address
 * can consist of passes.
 * @throws RangeError for text that no address or block is written as.
 */
export function addressLiteral(range: AddressRange): Sql {
  const text = comparedText(range);
  if (!CANONICAL.test(text)) throw new RangeError(`not an address: ${text}`);
  return { text: `'${text}'`, bound: [] };
}

const HARMLESS = /^[A-Za-z0-9/_=-]{1,100}$/;

/**
 * Text written into a statement, for the bounds of partitions alone: whether Athena still prunes partitions for a
 * bound `?` is not documented. Only what we wrote ourselves passes: account, region and time.
 * @throws RangeError for text that holds anything but letters, digits, `/`, `_`, `=` and `-`.
 */
export function checkedLiteral(text: string): Sql {
  if (!HARMLESS.test(text)) throw new RangeError(`not a partition value: ${text}`);
  return { text: `'${text}'`, bound: [] };
}

/**
 * A word of our own written into a statement, as a value of a column that is computed from it.
 * @throws RangeError for what is not a plain lower-case identifier.
 */
export function nameLiteral(name: string): Sql {
  if (!IDENTIFIER.test(name)) throw new RangeError(`not a name: ${name}`);
  return { text: `'${name}'`, bound: [] };
}

const WORD = /^[A-Za-z0-9_ -]{1,40}$/;

/**
 * A word that a standard or AWS uses for a value, written into a statement.
 * @throws RangeError for what has any sign but spaces, `_` and `-`.
 */
export function storedWord(word: string): Sql {
  if (!WORD.test(word)) throw new RangeError(`not a word: ${word}`);
  return { text: `'${word}'`, bound: [] };
}

/**
 * The address of a file written into a statement, because there are more of them than can be bound. Keys of S3 hold any
 * character; both engines end a text only at a quote that is not doubled, and know no other escape.
 */
export function pathLiteral(path: string): Sql {
  return { text: `'${path.replaceAll("'", "''")}'`, bound: [] };
}

/** What one more path takes in a statement, in bytes: the literal, and a comma with a space. */
export function pathBytes(path: string): number {
  return new TextEncoder().encode(pathLiteral(path).text).length + ', '.length;
}

/** Quoted text and names, in which a question mark is only itself, or a mark for a value. */
const QUOTED_OR_MARK = /'(?:[^']|'')*'|"[^"]*"|\?/g;

/** A statement for people, to be pasted into a console: its values in the places of their marks. */
export function withValues({ text, bound }: Sql): string {
  const values = bound.values();
  return text.replace(QUOTED_OR_MARK, (found) =>
    found === '?' ? pathLiteral(values.next().value ?? '').text : found,
  );
}
