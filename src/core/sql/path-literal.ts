import type { Sql } from './sql.ts';

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
