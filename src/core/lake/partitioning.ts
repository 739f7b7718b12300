import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import type { SlotRange } from '../flow-log/slots.ts';
import { checkedLiteral, identifier } from '../sql/literals.ts';
import { allOf, anyOf, type Sql, sql } from '../sql/sql.ts';

/** A partition key that follows the time, and how its values are written: `p_hour` as `yyyy/MM/dd/HH`. */
export interface TimeKey {
  readonly column: string;
  /** A date-fns pattern, read in UTC. */
  readonly pattern: string;
  readonly type: 'string' | 'integer' | 'date';
}

/** How a table is cut into partitions: what a statement must say so that only the window's are read. */
export interface Partitioning {
  readonly grain: 'hour' | 'day';
  /** Keys that have one value for the whole source: account and region. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Keys that together name a day or an hour. */
  readonly time: readonly TimeKey[];
}

/** The length of a partition, in seconds. */
export const GRAIN_SECONDS: Readonly<Record<Partitioning['grain'], number>> = { hour: 3_600, day: 86_400 };

/** The starts of the partitions that touch a slot range, in epoch seconds, oldest first. */
export function partitionsTouching(
  grain: Partitioning['grain'],
  { fromSeconds, toSeconds }: SlotRange,
): readonly number[] {
  const length = GRAIN_SECONDS[grain];
  const first = Math.floor(fromSeconds / length) * length;
  const amount = Math.max(Math.ceil((toSeconds - first) / length), 0);
  return Array.from({ length: amount }, (_, index) => first + index * length);
}

/** The value of a time key in the partition that begins at an instant. */
export function keyValue({ pattern }: Pick<TimeKey, 'pattern'>, startSeconds: number): string {
  return format(new TZDate(startSeconds * 1000, 'UTC'), pattern);
}

/** The condition under which an engine opens the partitions that touch a slot range, and no others. */
export function partitionPredicate(partitioning: Partitioning, slotRange: SlotRange): Sql {
  const fixed = Object.entries(partitioning.fixed).map(
    ([column, value]) => sql`${identifier(column)} = ${checkedLiteral(value)}`,
  );
  return allOf(...fixed, timePredicate(partitioning, partitionsTouching(partitioning.grain, slotRange)));
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
