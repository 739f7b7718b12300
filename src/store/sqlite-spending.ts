import type Database from 'libsql';
import {
  IN_FLIGHT_LASTS_MS,
  type Reservation,
  type ReservationResult,
  type Reserving,
  type Spending,
  type SpendScope,
} from '../core/answer/store.ts';
import { spentOf } from './rows.ts';
import { STATEMENTS } from './statements.ts';

/** What was billed and what is set aside, in the file of the store; dollars are set aside in one transaction. */
export function createSqliteSpending(database: Database.Database): Spending & Reserving {
  const billed = database.prepare(STATEMENTS.spent);
  const waiting = database.prepare(STATEMENTS.underWay);
  const keep = database.prepare(STATEMENTS.setAside);

  function spent({ since, person, channel, thread }: SpendScope): number {
    return spentOf(billed.get(since?.getTime() ?? null, person ?? null, channel ?? null, thread ?? null));
  }

  function underWay({ person, channel, thread }: Omit<SpendScope, 'since'>, at: Date, but?: string): number {
    const since = at.getTime() - IN_FLIGHT_LASTS_MS;
    return spentOf(waiting.get(since, person ?? null, channel ?? null, thread ?? null, but ?? null));
  }

  /** The limit that the dollars would pass; undefined when they are within both. */
  function passed(
    id: string | undefined,
    wish: Reservation,
  ): Exclude<ReservationResult, 'set-aside'> | undefined {
    const { dollars, thread, limits, dayBegan, at } = wish;
    if (limits === undefined) return undefined;
    const inThread = thread === '' ? 0 : spent({ thread }) + underWay({ thread }, at, id);
    if (inThread + dollars > limits.thread) return 'thread';
    const today = spent({ since: dayBegan }) + underWay({}, at, id);
    return today + dollars > limits.day ? 'day' : undefined;
  }

  // From the start the only one that writes: no other process looks at the sums between this one's look and its write.
  const setAside = database.transaction((id: string | undefined, wish: Reservation): ReservationResult => {
    const limit = passed(id, wish);
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
