import type { Slot } from '../ports/scan.ts';
import { checkedLiteral } from '../sql/checked-literal.ts';
import { allOf, anyOf } from '../sql/conditions.ts';
import { identifier } from '../sql/identifier.ts';
import { type Sql, sql } from '../sql/sql.ts';
import type { Partitioning, TimeKey } from './partitioning.ts';
import { keyValue, partitionsTouching } from './partitions-touching.ts';

/** The condition under which an engine opens the partitions that touch a stretch of time, and no others. */
export function partitionPredicate(partitioning: Partitioning, stretch: Slot): Sql {
  const fixed = Object.entries(partitioning.fixed).map(
    ([column, value]) => sql`${identifier(column)} = ${checkedLiteral(value)}`,
  );
  return allOf(...fixed, timePredicate(partitioning, partitionsTouching(partitioning.grain, stretch)));
}

function timePredicate({ time, grain }: Partitioning, starts: readonly number[]): Sql {
  const [key] = time;
  const [first, last] = [starts[0], starts.at(-1)];
  if (key === undefined || first === undefined || last === undefined) return sql`FALSE`;
  // One key sorts as time does, and a range of it is the shortest that every engine prunes by.
  if (time.length === 1) return between(key, first, last);
  const hourKey = grain === 'hour' ? time.find(({ pattern }) => pattern === 'HH') : undefined;
  const dayKeys = time.filter((each) => each !== hourKey);
  return anyOf(
    ...byDay(starts).map((day) => {
      const [begin = first] = day;
      const end = day.at(-1) ?? begin;
      return allOf(
        ...dayKeys.map((each) => sql`${identifier(each.column)} = ${literal(each, begin)}`),
        hourKey !== undefined && between(hourKey, begin, end),
      );
    }),
  );
}

function between(key: TimeKey, first: number, last: number): Sql {
  return sql`${identifier(key.column)} BETWEEN ${literal(key, first)} AND ${literal(key, last)}`;
}

function literal(key: TimeKey, seconds: number): Sql {
  const value = keyValue(key, seconds);
  if (key.type === 'integer') return sql`${Number(value)}`;
  return key.type === 'date' ? sql`DATE ${checkedLiteral(value)}` : checkedLiteral(value);
}

const DAY_SECONDS = 86_400;

function byDay(starts: readonly number[]): readonly (readonly number[])[] {
  const days = new Map<number, number[]>();
  for (const start of starts) {
    const day = Math.floor(start / DAY_SECONDS);
    days.set(day, [...(days.get(day) ?? []), start]);
  }
  return [...days.values()];
}
