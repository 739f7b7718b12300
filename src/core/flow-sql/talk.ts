import { columnsNamed } from '../selection/columns-named.ts';
import type { Selection } from '../selection/selection.ts';
import { type Sql, sql } from '../sql/sql.ts';
import { atOneVantage } from './at-one-vantage.ts';
import { SERVICE_PORT } from './service-port.ts';

/** The most data first; the rest makes the order total. */
export const TALK_ORDER = [
  'bytes desc',
  'records desc',
  'source',
  'destination',
  'port',
  'protocol',
  'action',
  'role',
] as const;

/**
 * Who said how much to whom, by service, action and the peer's role (client, server or unknown): `source`, `destination`,
 * `port`, `protocol`, `action`, `role` and the measures. The peer is the side that was not asked about.
 */
export function talk(where: Sql, peer: 'source' | 'destination'): Selection {
  const role = peer === 'source' ? PEER_SENDS : PEER_RECEIVES;
  return atOneVantage(
    { ...columnsNamed('source', 'destination', 'protocol', 'action'), port: SERVICE_PORT, role },
    where,
  );
}

const PEER_SENDS = sql`CASE
  WHEN sender_asks THEN 'client' WHEN NOT sender_asks THEN 'server' ELSE 'unknown' END`;
const PEER_RECEIVES = sql`CASE
  WHEN sender_asks THEN 'server' WHEN NOT sender_asks THEN 'client' ELSE 'unknown' END`;
