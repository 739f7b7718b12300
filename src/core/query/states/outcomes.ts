import { identifier } from '../../sql/literals.ts';
import { type Sql, sql } from '../../sql/sql.ts';
import { flow } from '../flow-columns.ts';
import type { Columns } from '../selection.ts';

const [ACCEPTED, REJECTED] = [sql`${flow.action} = 'ACCEPT'`, sql`${flow.action} = 'REJECT'`];
const ASKS = flow.sender_asks;

/** A reset without a SYN: a connection that was opened before its reset has both. */
const RESETS = sql`coalesce(bitwise_and(${flow.tcp_flags}, 6) = 4, FALSE)`;

/** A connection that is still used repeats more packets in a record than one that is closed. */
const MOST_LATE_PACKETS = 3;

/**
 * Packets behind the close of their connection are rejected too, and say nothing of new ones: they are few, and ask for no
 * connection. Where flags are not recorded they look like any other.
 */
const IS_LATE = sql`coalesce(${flow.protocol} = 6 AND bitwise_and(${flow.tcp_flags}, 2) = 0 AND ${flow.packets} <= ${MOST_LATE_PACKETS}, FALSE)`;
const STOPPED = sql`${REJECTED} AND NOT ${IS_LATE}`;

/** A request that opens a connection. */
const OPENS = sql`${ACCEPTED} AND ${ASKS} AND bitwise_and(${flow.tcp_flags}, 18) = 2`;

/**
 * What one record shows of its conversation. `rejected`, `unreturned`: a request or a reply was rejected. `opened`: a
 * connection was asked for. `leaving`, `arriving`: which way a rejected packet went. `one`, `other`: it was let through, in
 * one direction or the other, and nothing shows who asks, as of a ping.
 */
const SHOWS = {
  answered: sql`${ACCEPTED} AND NOT ${ASKS} AND NOT ${RESETS}`,
  refused: sql`${ACCEPTED} AND NOT ${ASKS} AND ${RESETS}`,
  rejected: sql`${STOPPED} AND coalesce(${ASKS}, TRUE)`,
  unreturned: sql`${STOPPED} AND NOT ${ASKS}`,
  asked: sql`${ACCEPTED} AND ${ASKS}`,
  opened: OPENS,
  late: sql`${REJECTED} AND ${IS_LATE}`,
  leaving: sql`${STOPPED} AND ${flow.flow_direction} = 'egress'`,
  arriving: sql`${STOPPED} AND ${flow.flow_direction} = 'ingress'`,
  one: sql`${ACCEPTED} AND ${ASKS} IS NULL AND ${flow.source} < ${flow.destination}`,
  other: sql`${ACCEPTED} AND ${ASKS} IS NULL AND ${flow.source} >= ${flow.destination}`,
} as const satisfies Readonly<Record<string, Sql>>;

type Outcome = keyof typeof SHOWS;

const OUTCOMES = Object.keys(SHOWS) as readonly Outcome[];

/** Of these it matters only when they were seen last. */
const LAST_ALONE: ReadonlySet<Outcome> = new Set<Outcome>(['opened', 'late', 'leaving', 'arriving']);

const FIRSTS = OUTCOMES.filter((outcome) => !LAST_ALONE.has(outcome));

function columnsOf(
  first: (outcome: Outcome) => readonly [string, Sql],
  last: (outcome: Outcome) => readonly [string, Sql],
): Columns {
  return Object.fromEntries([...FIRSTS.map(first), ...OUTCOMES.map(last)]);
}

/** When each outcome was seen first and last, over the records of a group; NULL where it was not. */
export const OUTCOME_TIMES: Columns = columnsOf(
  (outcome) => [`first_${outcome}`, sql`min(CASE WHEN ${SHOWS[outcome]} THEN ${flow.start_seconds} END)`],
  (outcome) => [`last_${outcome}`, sql`max(CASE WHEN ${SHOWS[outcome]} THEN ${flow.end_seconds} END)`],
);

/** The same over the groups of a conversation. */
export const OUTCOMES_OF_CONVERSATION: Columns = columnsOf(
  (outcome) => [`from_${outcome}`, sql`min(${identifier(`first_${outcome}`)})`],
  (outcome) => [`until_${outcome}`, sql`max(${identifier(`last_${outcome}`)})`],
);

/** What the records of a group are in addition: how many opened a connection, had no flags, and why they were rejected. */
export const OUTCOME_AMOUNTS: Columns = {
  openings: sql`count(*) FILTER (WHERE ${OPENS})`,
  flagless: sql`count(*) FILTER (WHERE ${flow.protocol} = 6 AND ${flow.tcp_flags} IS NULL)`,
  reason: sql`max(${flow.reject_reason})`,
};

/**
 * The same as numbers, 0 where an outcome was not seen: `rejected_from`, `rejected_to`. An answer is a reply, or where nothing
 * shows who asks, that packets went both ways.
 */
export const INSTANTS: Columns = {
  answered_from: sql`coalesce(from_answered, CASE WHEN from_one > from_other THEN from_one WHEN from_one <= from_other THEN from_other END, 0)`,
  answered_to: sql`coalesce(until_answered, CASE WHEN until_one < until_other THEN until_one WHEN until_one >= until_other THEN until_other END, 0)`,
  ...Object.fromEntries(
    FIRSTS.filter(isByItself).map((outcome) => [
      `${outcome}_from`,
      sql`coalesce(${identifier(`from_${outcome}`)}, 0)`,
    ]),
  ),
  ...Object.fromEntries(
    OUTCOMES.filter(isByItself).map((outcome) => [
      `${outcome}_to`,
      sql`coalesce(${identifier(`until_${outcome}`)}, 0)`,
    ]),
  ),
};

function isByItself(outcome: Outcome): boolean {
  return outcome !== 'answered' && outcome !== 'one' && outcome !== 'other';
}
