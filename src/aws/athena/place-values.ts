import { EngineError } from '../../core/errors.ts';
import type { Sql } from '../../core/sql/sql.ts';
import { stringLiteral } from './string-literal.ts';

/** A statement as Athena takes it. */
export interface Placed {
  readonly text: string;
  /** A literal of SQL for each `?` that is left. */
  readonly parameters: readonly string[];
}

/** Text in quotes, the condition of an aggregate, parentheses, words that begin a clause, and marks. */
const TOKENS =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\bFILTER\s*\(\s*WHERE\b|[()]|\b(?:SELECT|FROM|ON|WHERE|GROUP|HAVING|ORDER|LIMIT)\b|\?/gi;

/**
 * Gives every `?` its value: in WHERE as an execution parameter, which AWS documents there and nowhere else, and
 * elsewhere as a literal in the text. Athena reads both in the same way.
 * @throws EngineError `rejected` when there are not as many values as marks.
 */
export function placeValues({ text, bound }: Sql): Placed {
  const literals = bound.map(stringLiteral);
  const parameters: string[] = [];
  // The clause at each depth of parentheses; what stands in them belongs to the clause around them.
  const clauses = [''];
  let marks = 0;
  const placed = text.replaceAll(TOKENS, (token) => {
    const clause = clauses.at(-1) ?? '';
    if (token === '?') {
      const literal = literals[marks++] ?? '';
      if (clause !== 'WHERE') return literal;
      parameters.push(literal);
    } else if (token === '(') clauses.push(clause);
    else if (token === ')') clauses.pop();
    else if (/^FILTER/i.test(token)) clauses.push('FILTER');
    else if (/^\w/.test(token)) clauses[clauses.length - 1] = token.toUpperCase();
    return token;
  });
  if (marks !== bound.length)
    throw new EngineError('rejected', `the statement has ${marks} marks for ${bound.length} values`);
  return { text: placed, parameters };
}
