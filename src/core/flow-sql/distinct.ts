import type { Value } from '../columns/column.ts';

/**
 * How many different values the shown rows have of a column, in words: `1 address`, `12 addresses`, and
 * `at least 12 addresses` when there are rows that are not shown.
 */
export function distinct<R, K extends keyof R>(
  rows: readonly (R & Record<K, Value>)[],
  column: K,
  [one, many]: readonly [string, string],
  more: boolean,
): string {
  const amount = new Set(rows.map((row) => row[column])).size;
  return `${more ? 'at least ' : ''}${amount} ${amount === 1 ? one : many}`;
}
