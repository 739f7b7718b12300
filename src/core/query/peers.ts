import { type Sql, sql } from '../sql/sql.ts';
import { plural, showInteger } from '../wording.ts';
import { flow, flowColumns, SERVICE_PORT } from './flow-columns.ts';
import { atOneVantage } from './measures.ts';
import type { JudgeContext } from './query.ts';
import type { Selection } from './selection.ts';
import type { Total } from './totals.ts';

/** The totals of a query that is about the peers of an address; `column` has the peers. */
export function peerTotals(column: string): Readonly<Record<'peers' | 'rejectedPeers', Total>> {
  return {
    peers: { distinct: column },
    rejectedPeers: { distinct: column, where: sql`action = 'REJECT'` },
  };
}

/** How many peers there were, and how many met a rejection: `5 addresses, 2 of them rejected`. */
export function peersInWords({
  totals,
  least,
}: Pick<JudgeContext<'peers' | 'rejectedPeers'>, 'totals' | 'least'>): string {
  const { peers, rejectedPeers } = totals;
  const rejected = rejectedPeers === 0 ? '' : `, ${least}${showInteger(rejectedPeers)} of them rejected`;
  return `${least}${plural(peers, 'address', 'addresses')}${rejected}`;
}

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
    { ...flowColumns('source', 'destination', 'protocol', 'action'), port: SERVICE_PORT, role },
    where,
  );
}

const PEER_SENDS = sql`CASE
  WHEN ${flow.sender_asks} THEN 'client' WHEN NOT ${flow.sender_asks} THEN 'server' ELSE 'unknown' END`;
const PEER_RECEIVES = sql`CASE
  WHEN ${flow.sender_asks} THEN 'server' WHEN NOT ${flow.sender_asks} THEN 'client' ELSE 'unknown' END`;
