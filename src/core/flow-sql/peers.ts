import { showInteger } from '../columns/show-integer.ts';
import type { HeadlineContext } from '../query.ts';
import type { Total } from '../selection/totals.ts';
import { sql } from '../sql/sql.ts';

/** The totals of a query that is about the peers of an address, which stand in one of its columns. */
export function peerTotals(column: string): Readonly<Record<'peers' | 'rejectedPeers', Total>> {
  return {
    peers: { distinct: column },
    rejectedPeers: { distinct: column, where: sql`action = 'REJECT'` },
  };
}

/** How many peers there were, and how many met a rejection: `5 addresses, 2 of them rejected`. */
export function peersInWords({ totals, least }: HeadlineContext<'peers' | 'rejectedPeers'>): string {
  const { peers, rejectedPeers } = totals;
  const rejected = rejectedPeers === 0 ? '' : `, ${least}${showInteger(rejectedPeers)} of them rejected`;
  return `${least}${showInteger(peers)} ${peers === 1 ? 'address' : 'addresses'}${rejected}`;
}
