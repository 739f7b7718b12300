import type { Sql } from './sql.ts';

/** Fragments with a comma between them, as in a select list. */
export function list(fragments: readonly Sql[]): Sql {
  return {
    text: fragments.map(({ text }) => text).join(', '),
    bound: fragments.flatMap(({ bound }) => bound),
  };
}
