import { type AddressRange, comparedText } from '../flow-log/addresses.ts';
import type { PortRange } from '../line/network-arguments.ts';
import { allOf, anyOf, type Sql, type SqlPart, sql } from '../sql/sql.ts';
import { flow } from './flow-columns.ts';

/** The options that most queries take. */
export interface Filters {
  readonly port?: PortRange | undefined;
  readonly proto?: number | undefined;
  readonly action?: 'ACCEPT' | 'REJECT' | undefined;
  readonly eni?: string | undefined;
  readonly direction?: 'ingress' | 'egress' | undefined;
}

/** The records that pass the options; a port may be on either side, since replies carry it as their source. */
export function passing({ port, proto, action, eni, direction }: Filters): Sql {
  return allOf(
    port !== undefined && onPort(port),
    proto !== undefined && sql`${flow.protocol} = ${proto}`,
    action !== undefined && sql`${flow.action} = ${action}`,
    eni !== undefined && sql`${flow.interface_id} = ${eni}`,
    direction !== undefined && sql`${flow.flow_direction} = ${direction}`,
  );
}

function onPort({ from, to }: PortRange): Sql {
  if (from === to) return sql`${from} IN (${flow.srcport}, ${flow.dstport})`;
  return sql`${flow.srcport} BETWEEN ${from} AND ${to} OR ${flow.dstport} BETWEEN ${from} AND ${to}`;
}

/**
 * Whether a record left the address. The interface's side always shows its primary private address, so pods,
 * secondary addresses and what passes through NAT are only in the `pkt-` fields: both are tested, where recorded.
 * Outside of WHERE the address is given as an `addressLiteral`.
 */
export function sentBy(range: AddressRange, text: SqlPart = comparedText(range)): Sql {
  return anyOf(isIn(flow.srcaddr, range, text), isIn(flow.pkt_srcaddr, range, text));
}

/** Whether a record went to the address, by either destination field. */
export function sentTo(range: AddressRange, text: SqlPart = comparedText(range)): Sql {
  return anyOf(isIn(flow.dstaddr, range, text), isIn(flow.pkt_dstaddr, range, text));
}

/**
 * Whether a column holds an address of our own networks, seen from the address that it talks to. IPv4 by RFC 1918 and RFC
 * 6598, IPv6 by RFC 4193; AWS gives subnets global addresses of IPv6, of which those of one network begin alike.
 */
export function isOurs(column: Sql, other: Sql): Sql {
  const second = sql`TRY_CAST(split_part(${column}, '.', 2) AS integer)`;
  const beginAlike = [1, 2, 3].map(
    (group) => sql`split_part(${column}, ':', ${group}) = split_part(${other}, ':', ${group})`,
  );
  return anyOf(
    sql`${column} LIKE '10.%'`,
    sql`${column} LIKE '192.168.%'`,
    allOf(sql`${column} LIKE '172.%'`, sql`${second} BETWEEN 16 AND 31`),
    allOf(sql`${column} LIKE '100.%'`, sql`${second} BETWEEN 64 AND 127`),
    sql`${column} LIKE 'fc%'`,
    sql`${column} LIKE 'fd%'`,
    allOf(sql`${column} LIKE '%:%'`, ...beginAlike),
  );
}

/**
 * The same as TRUE or FALSE, FALSE where there is no address. CASE, because an engine works it out condition by condition
 * and leaves out those that follow one that holds; a value in a list of columns it works out in whole.
 */
export function isSurelyOurs(column: Sql, other: Sql): Sql {
  return sql`CASE WHEN ${isOurs(column, other)} THEN TRUE ELSE FALSE END`;
}

/** Whether a record has the address on either side. */
export function touches(range: AddressRange): Sql {
  return anyOf(sentBy(range), sentTo(range));
}

/**
 * Whether a column holds the address, or an address of the block. An IPv4 address is compared as text, which is cheaper
 * than a cast and of which there is one spelling. All else is compared by value, after the family: up to version 426
 * Trino fails where the families differ, and later ones say that `::/0` contains every IPv4 address. CASE, because no
 * engine promises an order for AND. Where text with a colon may be an IPv4 address too (`::ffff:a00:1`), Trino shows
 * the family of the value in its text.
 * @see https://github.com/trinodb/trino/issues/18497
 */
export function isIn(column: Sql, { family, single }: AddressRange, text: SqlPart): Sql {
  if (family === 4 && single) return sql`${column} = ${text}`;
  const address = sql`TRY_CAST(${column} AS ipaddress)`;
  const isOfFamily =
    family === 4 ? sql`strpos(${column}, ':') = 0` : sql`strpos(CAST(${address} AS varchar), ':') > 0`;
  return sql`CASE WHEN ${isOfFamily} THEN contains(${text}, ${address}) END`;
}
