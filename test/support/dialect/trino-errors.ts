import { loadDialects } from './load-dialects.ts';
import { writeFaults } from './write-faults.ts';

const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/** What the parser lets through, or reads as something else than Athena does. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/`/, 'a backtick'],
  [/::/, 'a cast by ::'],
  [/;/, 'a second statement'],
  [/--|\/\*/, 'a comment'],
  [/\b(ILIKE|QUALIFY|EXCLUDE)\b/i, 'a word of DuckDB'],
  [/\bGROUP BY ALL\b/i, 'GROUP BY ALL'],
];

/** To parse a statement takes tens of milliseconds, and questions that differ in bound values have one statement. */
const known = new Map<string, Promise<readonly string[]>>();

/** What Trino, in which Athena takes queries, finds wrong with a statement; empty when it is right. */
export function trinoErrors(text: string): Promise<readonly string[]> {
  const errors = known.get(text) ?? findErrors(text);
  known.set(text, errors);
  return errors;
}

async function findErrors(text: string): Promise<readonly string[]> {
  const { trino } = await loadDialects();
  const bare = text.replaceAll(QUOTED, "''");
  const refused = REFUSED.filter(([pattern]) => pattern.test(bare)).map(([, name]) => name);
  return [...refused, ...writeFaults(trino.validate(text))];
}
