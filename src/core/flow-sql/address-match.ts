import { type AddressRange, comparedText } from '../address/address-range.ts';
import { anyOf } from '../sql/conditions.ts';
import { type Sql, type SqlPart, sql } from '../sql/sql.ts';

/**
 * Whether a record left the address. The interface's side always shows its primary private address, so pods,
 * secondary addresses and what passes through NAT are only in the `pkt-` fields: both are tested, where recorded.
 * Outside of WHERE the address is told as an `addressLiteral`.
 */
export function sentBy(range: AddressRange, text: SqlPart = comparedText(range)): Sql {
  return anyOf(isIn(sql`srcaddr`, range, text), isIn(sql`pkt_srcaddr`, range, text));
}

/** Whether a record went to the address, by either destination field. */
export function sentTo(range: AddressRange, text: SqlPart = comparedText(range)): Sql {
  return anyOf(isIn(sql`dstaddr`, range, text), isIn(sql`pkt_dstaddr`, range, text));
}

/** Whether a record has the address on either side. */
export function touches(range: AddressRange): Sql {
  return anyOf(sentBy(range), sentTo(range));
}

/**
 * Whether a column holds the address, or one of the block. An IPv4 address is compared as text, which is cheaper than a cast and of which there is one spelling. All else is
 * compared by value, after the family: up to version 426 Trino fails where the families differ, and later ones say that
 * `::/0` contains every IPv4 address. CASE, because no engine promises an order for AND. Where text with a colon may be
 * an IPv4 address too (`::ffff:a00:1`), Trino tells the family of the value by how it writes it.
 * @see https://github.com/trinodb/trino/issues/18497
 */
export function isIn(column: Sql, { family, single }: AddressRange, text: SqlPart): Sql {
  if (family === 4 && single) return sql`${column} = ${text}`;
  const address = sql`TRY_CAST(${column} AS ipaddress)`;
  const isOfFamily =
    family === 4 ? sql`strpos(${column}, ':') = 0` : sql`strpos(CAST(${address} AS varchar), ':') > 0`;
  return sql`CASE WHEN ${isOfFamily} THEN contains(${text}, ${address}) END`;
}
