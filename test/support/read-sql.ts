/** What a statement reads and where it binds values, as far as its words show. */
export interface SqlReading {
  /** The relations that it defines by WITH. */
  readonly defined: readonly string[];
  /** What it reads, by FROM or JOIN, as often as it does so. */
  readonly read: readonly string[];
  /** The clause that each `?` is in. */
  readonly boundIn: readonly string[];
}

const TOKEN = /'(?:[^']|'')*'|"[^"]*"(?:\."[^"]*")*|[A-Za-z_][A-Za-z0-9_]*|\S/g;
const CLAUSES: ReadonlySet<string> = new Set([
  'SELECT',
  'FROM',
  'JOIN',
  'WHERE',
  'GROUP',
  'HAVING',
  'WINDOW',
  'ORDER',
  'LIMIT',
]);

/** Reads a statement word by word; each pair of parentheses is in a clause of its own until it says which. */
export function readSql(text: string): SqlReading {
  const tokens = text.match(TOKEN) ?? [];
  const reading = { defined: [] as string[], read: [] as string[], boundIn: [] as string[] };
  const clauses = [''];
  for (const [index, token] of tokens.entries()) {
    const [before = '', next = ''] = [tokens[index - 1], tokens[index + 1]];
    const clause = clauses.at(-1) ?? '';
    if (token === '(') clauses.push(opened(clause, before, next));
    else if (token === ')') clauses.pop();
    else if (token === '?') reading.boundIn.push(clause);
    else if (clause !== 'FILTER' && CLAUSES.has(token.toUpperCase()))
      clauses[clauses.length - 1] = token.toUpperCase();
    else if (token === 'AS' && next === '(' && clause !== 'WINDOW') reading.defined.push(nameOf(before));
    else if (isRelation(clause, before)) reading.read.push(nameOf(token));
  }
  return reading;
}

/** The WHERE of a FILTER belongs to a column, and a SELECT in parentheses begins anew. */
function opened(clause: string, before: string, next: string): string {
  if (before === 'FILTER') return 'FILTER';
  return next === 'SELECT' ? '' : clause;
}

/** Also what follows a comma, which joins in FROM. */
function isRelation(clause: string, before: string): boolean {
  return (clause === 'FROM' || clause === 'JOIN') && [clause, ','].includes(before);
}

function nameOf(token: string): string {
  return token.replaceAll('"', '');
}
