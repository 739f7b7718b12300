import type { Sql } from './sql.ts';

/** Fragments with a comma between them, as in a select list. */
export function list(fragments: readonly Sql[]): Sql {
  return joined(fragments, ', ');
}

/** SELECTs with the same columns, one under the other. */
export function unionAll(selects: readonly Sql[]): Sql {
  return joined(selects, '\n  UNION ALL\n  ');
}

function joined(fragments: readonly Sql[], between: string): Sql {
  return {
    text: fragments.map(({ text }) => text).join(between),
    bound: fragments.flatMap(({ bound }) => bound),
  };
}
