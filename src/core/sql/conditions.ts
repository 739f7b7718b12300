import type { Sql } from './sql.ts';

/** A condition, or nothing where an option was left out. */
export type Condition = Sql | undefined | false;

/** Joins conditions with AND, each in parentheses; absent ones are skipped, none at all is TRUE. */
export function allOf(...conditions: readonly Condition[]): Sql {
  return joined(conditions, ' AND ', 'TRUE');
}

/** Joins conditions with OR, each in parentheses; absent ones are skipped, none at all is FALSE. */
export function anyOf(...conditions: readonly Condition[]): Sql {
  return joined(conditions, ' OR ', 'FALSE');
}

function joined(conditions: readonly Condition[], word: string, empty: string): Sql {
  const present = conditions.filter((condition) => condition !== undefined && condition !== false);
  if (present.length === 0) return { text: empty, bound: [] };
  return {
    text: present.map(({ text }) => `(${text})`).join(word),
    bound: present.flatMap(({ bound }) => bound),
  };
}
