import { WITHOUT_PORTS } from '../selection/derived-columns.ts';
import { sql } from '../sql/sql.ts';

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
