import { identifier } from '../../sql/literals.ts';
import { sql } from '../../sql/sql.ts';
import { flow } from '../flow-columns.ts';
import type { Columns } from '../selection.ts';

const [ACCEPTED, REJECTED] = [sql`${flow.action} = 'ACCEPT'`, sql`${flow.action} = 'REJECT'`];

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
const OPENS = sql`${ACCEPTED} AND ${flow.sender_asks} AND bitwise_and(${flow.tcp_flags}, 18) = 2`;

/**
 * Of what was accepted a record that resets, of what was rejected one behind a close. The records of a group agree in what
 * became of them and in who asks, so that nothing else decides what each shows.
 */
const IS_ODD = sql`CASE WHEN ${ACCEPTED} THEN ${RESETS} ELSE ${IS_LATE} END`;

/** When records of a group began first and ended last: of all of them, of those that are odd, and of the others. */
const TIMES = {
  seen: { first: sql`first_seen`, last: sql`last_seen` },
  odd: { first: sql`first_odd`, last: sql`last_odd` },
  usual: { first: sql`first_usual`, last: sql`last_usual` },
} as const;

/** The same, and the last of what matters only then, over the records of a group; NULL where there is none. */
export const OUTCOME_TIMES: Columns = {
  first_usual: sql`min(CASE WHEN NOT ${IS_ODD} THEN ${flow.start_seconds} END)`,
  last_usual: sql`max(CASE WHEN NOT ${IS_ODD} THEN ${flow.end_seconds} END)`,
  first_odd: sql`min(CASE WHEN ${IS_ODD} THEN ${flow.start_seconds} END)`,
  last_odd: sql`max(CASE WHEN ${IS_ODD} THEN ${flow.end_seconds} END)`,
  last_opened: sql`max(CASE WHEN ${OPENS} THEN ${flow.end_seconds} END)`,
  last_leaving: sql`max(CASE WHEN ${STOPPED} AND ${flow.flow_direction} = 'egress' THEN ${flow.end_seconds} END)`,
  last_arriving: sql`max(CASE WHEN ${STOPPED} AND ${flow.flow_direction} = 'ingress' THEN ${flow.end_seconds} END)`,
};

/**
 * What a group shows of its conversation, and by which of its records. `rejected`, `unreturned`: a request or a reply was
 * rejected. `one`, `other`: it was let through, in one direction or the other, and nothing shows who asks, as of a ping.
 */
const SHOWS = {
  answered: { when: sql`action = 'ACCEPT' AND NOT asks`, by: TIMES.usual },
  refused: { when: sql`action = 'ACCEPT' AND NOT asks`, by: TIMES.odd },
  rejected: { when: sql`action = 'REJECT' AND coalesce(asks, TRUE)`, by: TIMES.usual },
  unreturned: { when: sql`action = 'REJECT' AND NOT asks`, by: TIMES.usual },
  asked: { when: sql`action = 'ACCEPT' AND asks`, by: TIMES.seen },
  one: { when: sql`action = 'ACCEPT' AND asks IS NULL AND source < destination`, by: TIMES.seen },
  other: { when: sql`action = 'ACCEPT' AND asks IS NULL AND source >= destination`, by: TIMES.seen },
} as const;

const OUTCOMES = Object.entries(SHOWS);

/** When each outcome of a conversation was seen first and last, over its groups; NULL where it was not. */
export const OUTCOMES_OF_CONVERSATION: Columns = {
  ...Object.fromEntries(
    OUTCOMES.map(([name, { when, by }]) => [
      `from_${name}`,
      sql`min(CASE WHEN ${when} THEN ${by.first} END)`,
    ]),
  ),
  ...Object.fromEntries(
    OUTCOMES.map(([name, { when, by }]) => [
      `until_${name}`,
      sql`max(CASE WHEN ${when} THEN ${by.last} END)`,
    ]),
  ),
  // A connection was asked for; a rejected packet was a late one, or went one way or the other.
  until_opened: sql`max(last_opened)`,
  until_late: sql`max(CASE WHEN action = 'REJECT' THEN last_odd END)`,
  until_leaving: sql`max(last_leaving)`,
  until_arriving: sql`max(last_arriving)`,
};

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
    Object.keys(OUTCOMES_OF_CONVERSATION)
      .filter(isByItself)
      .map((name) => [instantNamed(name), sql`coalesce(${identifier(name)}, 0)`]),
  ),
};

/** Not of those that make up an answer. */
function isByItself(name: string): boolean {
  return !/_(?:answered|one|other)$/.test(name);
}

/** `refused_from` of `from_refused`, `refused_to` of `until_refused`. */
function instantNamed(name: string): string {
  const [side, outcome] = name.split('_');
  return `${outcome}_${side === 'until' ? 'to' : 'from'}`;
}
