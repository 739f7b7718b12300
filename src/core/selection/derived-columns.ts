import { SERVICE_PORTS } from '../flow-log/services.ts';
import { list } from '../sql/list.ts';
import { type Sql, sql } from '../sql/sql.ts';

const NAMED_PORTS = list(SERVICE_PORTS.filter((port) => port >= 1024).map((port) => sql`${port}`));

/**
 * Smaller for the port that is surer a service's: well-known ports, then services that we know by name, then
 * Kubernetes' node ports (which lie below Linux's ephemeral ports), then any other; of two alike the lower.
 */
function serviceKey(port: Sql): Sql {
  return sql`65536 * CASE
      WHEN ${port} < 1024 THEN 0
      WHEN ${port} IN (${NAMED_PORTS}) THEN 1
      WHEN ${port} BETWEEN 30000 AND 32767 THEN 2
      ELSE 3 END + ${port}`;
}

/**
 * What the relation `flows` tells beside the fields of the log, by column name.
 *
 * `source`, `destination`: the addresses that really sent and were meant, from the packet where that is recorded,
 * else from the interface. `sender_asks`: whether the sender is the client. A SYN opens and a SYN-ACK answers, where
 * flags are recorded; a rejected packet is a request, unless it comes from a well-known port to an ephemeral one,
 * which is a reply that came late; otherwise the ports tell.
 */
export const DERIVED_COLUMNS: Readonly<Record<string, Sql>> = {
  source: sql`coalesce(pkt_srcaddr, srcaddr)`,
  destination: sql`coalesce(pkt_dstaddr, dstaddr)`,
  sender_asks: sql`CASE
    WHEN bitwise_and(tcp_flags, 18) = 2 THEN TRUE
    WHEN bitwise_and(tcp_flags, 18) = 18 THEN FALSE
    WHEN action = 'REJECT' AND NOT (srcport < 1024 AND dstport >= 32768) THEN TRUE
    ELSE ${serviceKey(sql`dstport`)}
      <= ${serviceKey(sql`srcport`)} END`,
};

/** The derived columns that a query's SQL names. */
export function derivedReadBy({ text }: Sql): readonly string[] {
  return Object.keys(DERIVED_COLUMNS).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
}
