import type { AddressRange } from '../address/address-range.ts';
import { anyOf } from '../sql/conditions.ts';
import { type Sql, type SqlPart, sql } from '../sql/sql.ts';

/**
 * Whether a record left the address. The interface's side always shows its primary private address, so pods,
 * secondary addresses and what passes through NAT are only in the `pkt-` fields: both are tested, where recorded.
 * Outside of WHERE the address is told as an `addressLiteral`.
 */
export function sentBy(range: AddressRange, text: SqlPart = range.text): Sql {
  return anyOf(matches(sql`srcaddr`, range, text), matches(sql`pkt_srcaddr`, range, text));
}

/** Whether a record went to the address, by either destination field. */
export function sentTo(range: AddressRange, text: SqlPart = range.text): Sql {
  return anyOf(matches(sql`dstaddr`, range, text), matches(sql`pkt_dstaddr`, range, text));
}

/** Whether a record has the address on either side. */
export function touches(range: AddressRange): Sql {
  return anyOf(sentBy(range), sentTo(range));
}

/** One address is compared as canonical text, which is cheaper than a cast. */
function matches(column: Sql, { single }: AddressRange, text: SqlPart): Sql {
  return single ? sql`${column} = ${text}` : sql`contains(${text}, TRY_CAST(${column} AS ipaddress))`;
}
