import type Database from 'libsql';
import { z } from 'zod';
import {
  type Granted,
  IN_FLIGHT_LASTS_MS,
  type Reserving,
  type Spending,
  type SpendScope,
  type Wish,
} from '../core/answer/store.ts';

const SQL = {
  spent: `SELECT coalesce(sum(dollars), 0) AS dollars FROM question
    WHERE outcome IS NOT NULL AND finished_ms >= coalesce(?, 0) AND person = coalesce(?, person)
      AND channel = coalesce(?, channel) AND thread = coalesce(?, thread)`,
  underWay: `SELECT coalesce(sum(set_aside), 0) AS dollars FROM question
    WHERE outcome IS NULL AND asked_ms >= ?1 AND person = coalesce(?2, person) AND channel = coalesce(?3, channel)
      AND thread = coalesce(?4, thread) AND id <> coalesce(?5, '')`,
  setAside: 'UPDATE question SET set_aside = ? WHERE id = ? AND outcome IS NULL',
} as const;

/** What was billed and what is set aside, in the file of the store; dollars are set aside in one transaction. */
export function createSqliteSpending(database: Database.Database): Spending & Reserving {
  const billed = database.prepare(SQL.spent);
  const waiting = database.prepare(SQL.underWay);
  const keep = database.prepare(SQL.setAside);

  function spent({ since, person, channel, thread }: SpendScope): number {
    return dollarsOf(billed.get(since?.getTime() ?? null, person ?? null, channel ?? null, thread ?? null));
  }

  function underWay({ person, channel, thread }: Omit<SpendScope, 'since'>, at: Date, but?: string): number {
    const since = at.getTime() - IN_FLIGHT_LASTS_MS;
    return dollarsOf(waiting.get(since, person ?? null, channel ?? null, thread ?? null, but ?? null));
  }

  /** The limit that the dollars would pass; undefined when they are within both. */
  function limitPassed(id: string | undefined, wish: Wish): Exclude<Granted, 'set-aside'> | undefined {
    const { dollars, thread, limits, dayBegan, at } = wish;
    if (limits === undefined) return undefined;
    const inThread = thread === '' ? 0 : spent({ thread }) + underWay({ thread }, at, id);
    if (inThread + dollars > limits.thread) return 'thread';
    const today = spent({ since: dayBegan }) + underWay({}, at, id);
    return today + dollars > limits.day ? 'day' : undefined;
  }

  // Immediate: it locks the file before it reads the sums, so that no other process writes between the look and the write.
  const setAside = database.transaction((id: string | undefined, wish: Wish): Granted => {
    const limit = limitPassed(id, wish);
    if (limit !== undefined) return limit;
    if (id !== undefined) keep.run(wish.dollars, id);
    return 'set-aside';
  }).immediate;

  return {
    spent: async (scope) => spent(scope),
    underWay: async (scope, at) => underWay(scope, at),
    setAside: async (id, wish) => setAside(id, wish),
  };
}

/** @throws ZodError when the file is not of this program. */
function dollarsOf(row: unknown): number {
  return z.object({ dollars: z.number() }).parse(row).dollars;
}
