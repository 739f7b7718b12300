import { allOf, anyOf, type Sql, sql } from '../sql/sql.ts';
import { isSurelyOurs } from './filters.ts';
import { flowColumns } from './flow-columns.ts';
import { atBestInterface, atEachInterface } from './measures.ts';
import type { GatheredGroups } from './selection.ts';

/** Two sums are of the same packets when they differ by less than one in so many: interfaces cut their intervals alike. */
const ALIKE = 100;

function isAlike(one: Sql, other: Sql): Sql {
  return sql`abs(${one} - ${other}) * ${ALIKE} <= ${other}`;
}

const [OURS_SENDS, OURS_RECEIVES] = [sql`source_inside`, sql`destination_inside`];

/**
 * Whether a pair is a copy of others. NAT gateways: at one interface alone an address of ours sends to one outside, or the other
 * way round, as much as all others there do. NAT gateways and load balancers in a format without packet addresses: of all that
 * an interface recorded, the sender sent half, to more than one: in equals out.
 */
const IS_PASSED_ON = anyOf(
  allOf(
    sql`interfaces = 1`,
    OURS_SENDS,
    sql`NOT (${OURS_RECEIVES})`,
    sql`senders > 1`,
    isAlike(sql`bytes * 2`, sql`to_there`),
  ),
  allOf(
    sql`interfaces = 1`,
    OURS_RECEIVES,
    sql`NOT (${OURS_SENDS})`,
    sql`receivers > 1`,
    isAlike(sql`bytes * 2`, sql`from_there`),
  ),
  allOf(OURS_SENDS, sql`receivers > 1`, isAlike(sql`from_there * 2`, sql`in_all`)),
);

/** Pairs of addresses with their sums at one vantage; `relay` is `passes on` of what only passes on what others sent. */
export function pairsWithRelays(where: Sql): GatheredGroups {
  const pair = flowColumns('source', 'destination');
  const counted: GatheredGroups = {
    from: atEachInterface(pair, where, {}),
    per: ['interface_id', 'destination'],
    gather: { to_there: sql`sum(bytes)`, senders: sql`count(*)` },
    also: [
      {
        per: ['interface_id', 'source'],
        gather: { from_there: sql`sum(bytes)`, receivers: sql`count(*)` },
      },
      { per: ['interface_id'], gather: { in_all: sql`sum(bytes)` } },
    ],
    derive: {},
  };
  const placed: GatheredGroups = {
    from: atBestInterface(counted, pair),
    per: [],
    gather: {},
    // Written once: a statement has only so much room.
    derive: {
      source_inside: isSurelyOurs(sql`source`, sql`destination`),
      destination_inside: isSurelyOurs(sql`destination`, sql`source`),
    },
  };
  return {
    from: placed,
    per: [],
    gather: {},
    derive: { relay: sql`CASE WHEN ${IS_PASSED_ON} THEN 'passes on' ELSE '-' END` },
    drop: ['in_all', 'from_there', 'receivers', 'to_there', 'senders', 'source_inside', 'destination_inside'],
  };
}
