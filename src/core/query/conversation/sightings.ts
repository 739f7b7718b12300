import { getUnixTime } from 'date-fns';
import { type AddressRange, comparedText, isInternal } from '../../flow-log/addresses.ts';
import type { FieldName } from '../../flow-log/fields.ts';
import { addressLiteral } from '../../sql/literals.ts';
import { allOf, anyOf, type Sql, type SqlPart, sql } from '../../sql/sql.ts';
import type { Window } from '../../time/window.ts';
import {
  actionColumn,
  bytesColumn,
  countColumn,
  interfaceColumn,
  momentColumn,
  optionalCountColumn,
  portColumn,
  protocolColumn,
  type RowOf,
  textColumn,
} from '../columns.ts';
import { isIn, sentBy, sentTo } from '../filters.ts';
import { flow, flowColumns, SERVICE_PORT } from '../flow-columns.ts';
import { exactSum } from '../measures.ts';
import type { RecordGroups } from '../selection.ts';

/** Fields that show more of a conversation, and that a flow log may lack: without them less is certain. */
export const FIELDS_OF_A_CONVERSATION = ['flow-direction', 'reject-reason'] as const satisfies FieldName[];

/** A window is cut into so many parts at most; in each, every interface is seen by itself. */
const MOST_PARTS = 60;
const SHORTEST_PART_SECONDS = 60;

/** The length of the parts in which a conversation is seen, in seconds. */
function partSeconds({ from, to }: Window): number {
  const whole = (to.getTime() - from.getTime()) / 1000;
  return Math.max(Math.ceil(whole / MOST_PARTS / SHORTEST_PART_SECONDS), 1) * SHORTEST_PART_SECONDS;
}

/**
 * `passing` narrows the conversation, with numbers alone: it is in columns too, where nothing may be bound.
 *
 * What every interface recorded of the conversations between two addresses, in each direction and part of the window, by
 * what the flags show; and in one row each, that an interface of either address recorded anything at all: without that
 * its silence says nothing.
 */
export function sightingsBetween(
  a: AddressRange,
  b: AddressRange,
  passing: Sql,
  window: Window,
): RecordGroups {
  const thither = allOf(sentBy(a, addressLiteral(a)), sentTo(b, addressLiteral(b)));
  const hither = allOf(sentBy(b, addressLiteral(b)), sentTo(a, addressLiteral(a)));
  const isAsked = allOf(anyOf(thither, hither), passing);
  const asked = (value: Sql) => sql`CASE WHEN ${isAsked} THEN ${value} END`;
  const began = sql`greatest(${flow.start_seconds}, ${getUnixTime(window.from)})`;
  const length = partSeconds(window);
  return {
    from: 'flows',
    where: anyOf(
      allOf(anyOf(allOf(sentBy(a), sentTo(b)), allOf(sentBy(b), sentTo(a))), passing),
      isAtItsEnd(a),
      isAtItsEnd(b),
    ),
    groupBy: {
      ...flowColumns('interface_id', 'protocol', 'action'),
      part: sql`${began} - ${began} % ${length}`,
      at_end: sql`CASE WHEN ${isAtItsEnd(a, addressLiteral(a))} THEN 'a' WHEN ${isAtItsEnd(b, addressLiteral(b))} THEN 'b' ELSE '-' END`,
      sender: sql`CASE WHEN NOT coalesce(${isAsked}, FALSE) THEN '-' WHEN ${thither} THEN 'a' ELSE 'b' END`,
      port: asked(SERVICE_PORT),
      role: asked(
        sql`CASE WHEN ${flow.sender_asks} THEN 'client' WHEN NOT ${flow.sender_asks} THEN 'server' ELSE 'unknown' END`,
      ),
      flags: asked(FLAGS),
      direction: asked(sql`coalesce(${flow.flow_direction}, 'unknown')`),
      reason: asked(sql`${flow.reject_reason}`),
    },
    select: {
      // Both are for the judgement to write.
      state: sql`'-'`,
      way: sql`'-'`,
      records: sql`count(*)`,
      packets: exactSum(flow.packets),
      bytes: exactSum(flow.bytes),
      first_seen: sql`min(${flow.start_seconds})`,
      last_seen: sql`max(${flow.end_seconds})`,
      longest: sql`max(${flow.end_seconds} - ${flow.start_seconds})`,
      lowest_port: sql`min(${CLIENT_PORT})`,
      highest_port: sql`max(${CLIENT_PORT})`,
    },
  };
}

/**
 * Whether a record was written by an interface that carries the address: it left there as from it, or arrived there as for
 * it. The packet's addresses count too, for those of pods are in no other field; but of a public address the interface
 * would be the NAT gateway that speaks for it.
 */
export function isAtItsEnd(range: AddressRange, text: SqlPart = comparedText(range)): Sql {
  const is = (column: Sql) => isIn(column, range, text);
  const [leaves, arrives] = isInternal(range.text)
    ? [anyOf(is(flow.srcaddr), is(flow.pkt_srcaddr)), anyOf(is(flow.dstaddr), is(flow.pkt_dstaddr))]
    : [is(flow.srcaddr), is(flow.dstaddr)];
  return anyOf(
    allOf(sql`${flow.flow_direction} = 'egress'`, leaves),
    allOf(sql`${flow.flow_direction} = 'ingress'`, arrives),
  );
}

/**
 * What the flags of a record show; they are those of all its packets. `opens`: a connection was asked for. `accepts`: it
 * was granted. `resets`: only resets, as of a port on which nothing listens. `plain`: neither.
 */
const FLAGS = sql`CASE
  WHEN ${flow.protocol} <> 6 OR ${flow.tcp_flags} IS NULL THEN 'unrecorded'
  WHEN bitwise_and(${flow.tcp_flags}, 18) = 18 THEN 'accepts'
  WHEN bitwise_and(${flow.tcp_flags}, 2) = 2 THEN 'opens'
  WHEN bitwise_and(${flow.tcp_flags}, 4) = 4 THEN 'resets'
  ELSE 'plain' END`;

/** The port of the client, where it is known who that is. */
const CLIENT_PORT = sql`CASE WHEN ${flow.sender_asks} THEN ${flow.srcport} WHEN NOT ${flow.sender_asks} THEN ${flow.dstport} END`;

/** The columns of a sighting, those that are shown first. */
export const SIGHTING_COLUMNS = {
  state: textColumn('State'),
  way: textColumn('Way'),
  action: actionColumn(),
  flags: textColumn('Flags'),
  interface_id: interfaceColumn('At'),
  records: countColumn('Records'),
  packets: optionalCountColumn('Packets'),
  bytes: bytesColumn(),
  first_seen: momentColumn('First'),
  last_seen: momentColumn('Last'),
  port: portColumn(),
  protocol: protocolColumn(),
  at_end: textColumn('End'),
  sender: textColumn('Sender'),
  role: textColumn('Role'),
  direction: textColumn('Direction'),
  reason: textColumn('Reason'),
  part: momentColumn('Part'),
  longest: optionalCountColumn('Longest'),
  lowest_port: portColumn('From client port'),
  highest_port: portColumn('To client port'),
};

/** What one interface recorded of a conversation in a part of the window: in one direction, accepted or rejected. */
export type SightingRow = RowOf<typeof SIGHTING_COLUMNS>;
