import { EngineError } from '../../core/errors.ts';
import type { Sql } from '../../core/sql/sql.ts';
import { stringLiteral } from './string-literal.ts';

/** A `?` in quotes is a character like any other. */
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * A literal of SQL for each `?` of a statement, in their order: Athena reads execution parameters as SQL. It documents
 * them in WHERE alone, which a test of every statement of the catalog holds.
 * @throws EngineError `rejected` when there are not as many values as marks.
 */
export function executionParameters({ text, bound }: Sql): readonly string[] {
  const marks = text.replaceAll(QUOTED, '').split('?').length - 1;
  if (marks !== bound.length)
    throw new EngineError('rejected', `the statement has ${marks} marks for ${bound.length} values`);
  return bound.map(stringLiteral);
}
