import { sql } from '../sql/sql.ts';

/** The port of the service that client and server talk about, whichever of them sent the record. */
export const SERVICE_PORT = sql`if(sender_asks, dstport, srcport)`;
