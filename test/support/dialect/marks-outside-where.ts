/** Text in quotes, parentheses, the words that begin a clause, and marks. */
const TOKENS =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\bFILTER\s*\(\s*WHERE\b|[()]|\b(?:SELECT|FROM|WHERE|GROUP|HAVING|ORDER|LIMIT|ON)\b|\?/gi;

/**
 * The clauses in which a value is bound although AWS documents execution parameters in WHERE alone: `SELECT` for
 * `SELECT ?`; empty when all is well. A mark in parentheses belongs to the clause around them.
 */
export function marksOutsideWhere(text: string): readonly string[] {
  const clauses = [''];
  const wrong: string[] = [];
  for (const [token] of text.matchAll(TOKENS)) {
    const clause = clauses.at(-1) ?? '';
    if (token === '(') clauses.push(clause);
    else if (token === ')') clauses.pop();
    else if (/^FILTER/i.test(token)) clauses.push('FILTER');
    else if (token === '?' && clause !== 'WHERE') wrong.push(clause);
    else if (/^\w+$/.test(token)) clauses[clauses.length - 1] = token.toUpperCase();
  }
  return wrong;
}
