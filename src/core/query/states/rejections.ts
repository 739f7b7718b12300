import { nameLiteral } from '../../sql/literals.ts';
import { anyOf, type Sql, sql } from '../../sql/sql.ts';
import { SUMMED_UP } from '../measures.ts';
import { type Columns, columnsNamed, type GatheredGroups, type GroupGroups } from '../selection.ts';
import { isState } from './states.ts';

/** The source of a row that is of many addresses outside. */
export const OUTSIDE_SOURCES = 'outside';

const SOURCE_IS_OURS = sql`CASE WHEN source = client THEN client_inside ELSE server_inside END`;
/** Where nothing shows who asks, as of a ping, it is who sent it. */
const ASKER_IS_OURS = sql`CASE WHEN role = 'unknown' THEN ${SOURCE_IS_OURS} ELSE client_inside END`;

/**
 * What kind of rejection a row is of. `pair`: of a client of our own, or as each was asked for. `scan`: of one address that
 * tries very much. `replies`: of our servers' replies to addresses outside. `clients`: of addresses outside that were answered
 * before. `late`: of packets behind the close of a connection of theirs. `noise`: what the internet tries in vain.
 */
function kindOf(isEach: boolean): Sql {
  const pair = isEach ? sql`TRUE` : ASKER_IS_OURS;
  return sql`CASE
      WHEN ${pair} THEN 'pair'
      WHEN is_scan THEN 'scan'
      WHEN ${SOURCE_IS_OURS} THEN 'replies'
      WHEN ${isState('answered')} THEN 'late'
      WHEN last_answer IS NOT NULL THEN 'clients'
      ELSE 'noise' END`;
}

const IS_ALONE = sql`kind IN ('pair', 'scan')`;

/**
 * Rejected conversations as rows: pairs of addresses and protocols, and addresses outside grouped by what they have in
 * common. The keys of a row are of the first; `sources`, `destinations` and `ports` say of how many it is.
 */
export function rejectionsOf(
  conversations: GatheredGroups,
  { isEach }: { readonly isEach: boolean },
): GroupGroups {
  const counted: GatheredGroups = {
    from: {
      from: conversations,
      per: ['source'],
      gather: {},
      placeAs: { name: 'nth_of_source', orderBy: sql`destination, port, protocol, client, server, role` },
      derive: { kind: kindOf(isEach) },
    },
    per: [],
    gather: { all_sources: sql`sum(CASE WHEN nth_of_source = 1 THEN 1 ELSE 0 END)` },
    derive: {
      by_source: sql`CASE WHEN ${anyOf(IS_ALONE, sql`kind = 'replies'`)} THEN source ELSE '-' END`,
      by_destination: sql`CASE WHEN ${anyOf(IS_ALONE, sql`kind = 'clients'`)} THEN destination ELSE '-' END`,
      by_protocol: sql`CASE WHEN ${IS_ALONE} THEN protocol END`,
      by_port: sql`CASE WHEN kind IN ('clients', 'replies') THEN port END`,
    },
  };
  return {
    from: counted,
    groupBy: columnsNamed('kind', 'by_source', 'by_destination', 'by_protocol', 'by_port'),
    select: SUMS,
  };
}

/** The port with the most records, of equal ones the lowest: a measure without ties. */
const MOST = sql`records * 65536 - coalesce(port, 0)`;

function only(name: string, otherwise: Sql): Sql {
  const column = columnsNamed(name)[name] ?? sql`NULL`;
  return sql`CASE WHEN min(${column}) = max(${column}) THEN min(${column}) ELSE ${otherwise} END`;
}

const SUMS: Columns = {
  source: only('source', nameLiteral(OUTSIDE_SOURCES)),
  destination: only('destination', sql`'-'`),
  protocol: sql`CASE WHEN min(protocol) = max(protocol) THEN min(protocol) END`,
  port: sql`max_by(port, ${MOST})`,
  sources: sql`count(DISTINCT source)`,
  destinations: sql`count(DISTINCT destination)`,
  ports: sql`count(DISTINCT port)`,
  interface_id: only('interface_id', sql`'-'`),
  state: only('state', sql`'mixed'`),
  since: sql`CASE WHEN min(state) = max(state) AND count(since) = count(*) THEN min(since) END`,
  reason: sql`max(reason)`,
  weight: sql`max(weight)`,
  many: sql`count(DISTINCT client)`,
  client: sql`min(client)`,
  server: sql`min(server)`,
  side: only('side', sql`'-'`),
  last_answer: sql`max(last_answer)`,
  ...SUMMED_UP,
  openings: sql`sum(openings)`,
  flagless: sql`sum(flagless)`,
  tried: sql`max(tried)`,
  tried_from: sql`min(tried_from)`,
  tried_to: sql`max(tried_to)`,
  target: sql`max(target)`,
  back: sql`max(back)`,
  all_sources: sql`max(all_sources)`,
};
