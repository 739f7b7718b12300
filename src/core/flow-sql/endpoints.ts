import { SERVICE_PORTS } from '../flow-log/services.ts';
import { list } from '../sql/list.ts';
import { type Sql, sql } from '../sql/sql.ts';

/** The address that really sent: what the packet says, where it is recorded, before what the interface says. */
export const SOURCE = sql`coalesce(pkt_srcaddr, srcaddr)`;

/** The address that was really meant. */
export const DESTINATION = sql`coalesce(pkt_dstaddr, dstaddr)`;

/**
 * How sure a port is a service's, most first: well-known ports, services that we know by name, Kubernetes' node
 * ports (which lie below Linux's ephemeral ports), any other.
 */
function rank(port: Sql): Sql {
  return sql`CASE WHEN ${port} < 1024 THEN 0 WHEN ${port} IN (${NAMED_PORTS}) THEN 1
        WHEN ${port} BETWEEN 30000 AND 32767 THEN 2 ELSE 3 END`;
}

const NAMED_PORTS = list(SERVICE_PORTS.filter((port) => port >= 1024).map((port) => sql`${port}`));

/**
 * Whether the sender is the client. A SYN opens and a SYN-ACK answers, where flags are recorded; a rejected packet
 * is a request, unless it comes from a well-known port to an ephemeral one, which is a reply that came late;
 * otherwise the port that is surer a service's tells, and of two alike the lower one.
 */
export const SENDER_ASKS = sql`CASE
      WHEN bitwise_and(tcp_flags, 18) = 2 THEN TRUE
      WHEN bitwise_and(tcp_flags, 18) = 18 THEN FALSE
      WHEN action = 'REJECT' AND NOT (srcport < 1024 AND dstport >= 32768) THEN TRUE
      WHEN ${rank(sql`dstport`)} <> ${rank(sql`srcport`)} THEN ${rank(sql`dstport`)} < ${rank(sql`srcport`)}
      ELSE dstport <= srcport
    END`;

/** The port of the service that client and server talk about, whichever of them sent the record. */
export const SERVICE_PORT = sql`if(${SENDER_ASKS}, dstport, srcport)`;
