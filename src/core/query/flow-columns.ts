import { getUnixTime } from 'date-fns';
import { columnName, FIELD_NAMES, type FieldName } from '../flow-log/fields.ts';
import { PROTOCOLS_WITH_PORTS } from '../flow-log/protocols.ts';
import { SERVICE_PORTS } from '../flow-log/services.ts';
import { nameLiteral } from '../sql/literals.ts';
import { inOrder, list, type Sql, sql } from '../sql/sql.ts';
import type { Window } from '../time/window.ts';

type Underscored<T extends string> = T extends `${infer A}-${infer B}` ? `${A}_${Underscored<B>}` : T;
type FieldColumn = Underscored<Exclude<FieldName, 'start' | 'end'>> | 'start_seconds' | 'end_seconds';
type DerivedColumn = 'source' | 'destination' | 'sender_asks';
/** Which window a record belongs to, where a query has several. */
type PeriodColumn = 'period';

/** A column of the relation `flows`. */
export type FlowColumn = FieldColumn | DerivedColumn | PeriodColumn;

/** `start` and `end` are reserved words in SQL, and their unit is worth a name. */
const RENAMED: Partial<Record<FieldName, FieldColumn>> = { start: 'start_seconds', end: 'end_seconds' };

/** The name by which queries read a field: `pkt-srcaddr` is `pkt_srcaddr`, `start` is `start_seconds`. */
export function flowColumn(field: FieldName): FieldColumn {
  return RENAMED[field] ?? (columnName(field) as FieldColumn);
}

/**
 * The columns of `flows` as fragments that record that they are read: `sql`${flow.action} = 'REJECT'``. A statement
 * reads the columns that its fragments name in this way, and no others.
 */
export const flow = fragmentsOf<FlowColumn>([
  ...FIELD_NAMES.map(flowColumn),
  'source',
  'destination',
  'sender_asks',
  'period',
]);

function fragmentsOf<N extends string>(names: readonly N[]): Readonly<Record<N, Sql>> {
  const entries = names.map((name): [N, Sql] => [name, { text: name, bound: [], reads: [name] }]);
  return Object.fromEntries(entries) as Record<N, Sql>;
}

/** Columns of `flows` taken over as they are called. */
export function flowColumns(...names: readonly FlowColumn[]): Readonly<Record<string, Sql>> {
  return Object.fromEntries(names.map((name) => [name, { ...flow[name], text: `"${name}"` }]));
}

const NAMED_PORTS = list(SERVICE_PORTS.map((port) => sql`${port}`));

/** Linux assigns client ports from here on; other systems and NAT gateways use lower ones too. */
const FIRST_EPHEMERAL_PORT = 32_768;

/**
 * Smaller for the port that is surer a service's: services that we know by name, other well-known ports, ports that
 * programs choose, and those that clients get. NFS is asked from well-known ports, so that a name counts for more.
 */
function serviceTier(port: Sql): Sql {
  return sql`CASE
      WHEN ${port} IN (${NAMED_PORTS}) THEN 0
      WHEN ${port} < 1024 THEN 1
      WHEN ${port} < ${FIRST_EPHEMERAL_PORT} THEN 2
      WHEN ${port} >= ${FIRST_EPHEMERAL_PORT} THEN 3 END`;
}

/** True of a protocol without ports, such as ICMP: AWS writes 0 there. */
const WITHOUT_PORTS: Sql = sql`${flow.protocol} NOT IN (${list(PROTOCOLS_WITH_PORTS.map((number) => sql`${number}`))})`;

/**
 * What the relation `flows` has in addition to the fields of the log, by column name.
 *
 * `source`, `destination`: the addresses that really sent and were meant, from the packet where that is recorded,
 * else from the interface. `sender_asks`: whether the sender is the client, NULL where that is not known. A SYN opens
 * and a SYN-ACK answers, where flags are recorded; otherwise the likelier service port decides, for accepted and rejected
 * packets alike. Equal or equally likely ports decide nothing, and neither does a protocol without ports.
 */
export const DERIVED_COLUMNS: Readonly<Record<DerivedColumn, Sql>> = {
  source: sql`coalesce(${flow.pkt_srcaddr}, ${flow.srcaddr})`,
  destination: sql`coalesce(${flow.pkt_dstaddr}, ${flow.dstaddr})`,
  sender_asks: sql`CASE
    WHEN ${WITHOUT_PORTS} THEN NULL
    WHEN bitwise_and(${flow.tcp_flags}, 18) = 2 THEN TRUE
    WHEN bitwise_and(${flow.tcp_flags}, 18) = 18 THEN FALSE
    ELSE CASE sign(${serviceTier(flow.srcport)} - ${serviceTier(flow.dstport)})
      WHEN 1 THEN TRUE WHEN -1 THEN FALSE END END`,
};

/**
 * The port of the service that client and server talk about, whichever of them sent the record; the lower one where
 * it is not known who asked, so that both directions agree; NULL where the protocol has no ports.
 */
export const SERVICE_PORT = sql`CASE
  WHEN ${WITHOUT_PORTS} THEN NULL
  WHEN ${flow.sender_asks} THEN ${flow.dstport}
  WHEN NOT ${flow.sender_asks} THEN ${flow.srcport}
  ELSE least(${flow.srcport}, ${flow.dstport}) END`;

/** The port that a record was sent to; NULL where its protocol has none. */
export const DESTINATION_PORT = sql`CASE WHEN ${WITHOUT_PORTS} THEN NULL ELSE ${flow.dstport} END`;

/** The port that a record was sent from; NULL where its protocol has none. */
export const SOURCE_PORT = sql`CASE WHEN ${WITHOUT_PORTS} THEN NULL ELSE ${flow.srcport} END`;

/**
 * The window that a record belongs to, by name: the one in which it began, or else the one that it touches. Of windows
 * that overlap the first counts.
 */
export function periodOf(windows: readonly NamedWindow[]): Sql {
  const began = windows.map(
    ([name, { from, to }]) =>
      sql`WHEN ${flow.start_seconds} >= ${getUnixTime(from)} AND ${flow.start_seconds} < ${getUnixTime(to)} THEN ${nameLiteral(name)}`,
  );
  const touched = windows.map(
    ([name, { from, to }]) =>
      sql`WHEN ${flow.end_seconds} >= ${getUnixTime(from)} AND ${flow.start_seconds} < ${getUnixTime(to)} THEN ${nameLiteral(name)}`,
  );
  return sql`CASE ${inOrder([...began, ...touched])} END`;
}

/** A window with the name that `period` has for its records; the one that was asked for is `asked`. */
export type NamedWindow = readonly [name: string, window: Window];
