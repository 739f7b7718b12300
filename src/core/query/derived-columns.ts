import { PROTOCOLS_WITH_PORTS } from '../flow-log/protocols.ts';
import { SERVICE_PORTS } from '../flow-log/services.ts';
import { list, type Sql, sql } from '../sql/sql.ts';

const NAMED_PORTS = list(SERVICE_PORTS.map((port) => sql`${port}`));

/** Linux hands out client ports from here on; other systems and NAT gateways use lower ones too. */
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
export const WITHOUT_PORTS: Sql = sql`protocol NOT IN (${list(PROTOCOLS_WITH_PORTS.map((number) => sql`${number}`))})`;

/**
 * What the relation `flows` tells beside the fields of the log, by column name.
 *
 * `source`, `destination`: the addresses that really sent and were meant, from the packet where that is recorded,
 * else from the interface. `sender_asks`: whether the sender is the client, NULL where that is not known. A SYN opens
 * and a SYN-ACK answers, where flags are recorded; otherwise the surer service port tells, of accepted and rejected
 * packets alike. Equal or equally sure ports tell nothing, and neither does a protocol without ports.
 */
export const DERIVED_COLUMNS: Readonly<Record<string, Sql>> = {
  source: sql`coalesce(pkt_srcaddr, srcaddr)`,
  destination: sql`coalesce(pkt_dstaddr, dstaddr)`,
  sender_asks: sql`CASE
    WHEN ${WITHOUT_PORTS} THEN NULL
    WHEN bitwise_and(tcp_flags, 18) = 2 THEN TRUE
    WHEN bitwise_and(tcp_flags, 18) = 18 THEN FALSE
    ELSE CASE sign(${serviceTier(sql`srcport`)} - ${serviceTier(sql`dstport`)})
      WHEN 1 THEN TRUE WHEN -1 THEN FALSE END END`,
};

/** The derived columns that a query's SQL names. */
export function derivedReadBy({ text }: Sql): readonly string[] {
  return Object.keys(DERIVED_COLUMNS).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
}

/**
 * The port of the service that client and server talk about, whichever of them sent the record; the lower one where
 * it is not known who asked, so that both directions agree; NULL where the protocol has no ports.
 */
export const SERVICE_PORT = sql`CASE
  WHEN ${WITHOUT_PORTS} THEN NULL
  WHEN sender_asks THEN dstport
  WHEN NOT sender_asks THEN srcport
  ELSE least(srcport, dstport) END`;

/** The port that a record was sent to; NULL where its protocol has none. */
export const DESTINATION_PORT = sql`CASE WHEN ${WITHOUT_PORTS} THEN NULL ELSE dstport END`;

/** The port that a record was sent from; NULL where its protocol has none. */
export const SOURCE_PORT = sql`CASE WHEN ${WITHOUT_PORTS} THEN NULL ELSE srcport END`;
