import type { AddressRange } from '../flow-log/addresses.ts';
import { addressLiteral } from '../sql/literals.ts';
import { allOf, type Sql, sql } from '../sql/sql.ts';
import { plural, showInteger } from '../wording.ts';
import { type Filters, passing, sentBy, sentTo, touches } from './filters.ts';
import { flow, SERVICE_PORT } from './flow-columns.ts';
import type { FollowUp, JudgeContext, QueryContext } from './query.ts';
import type { Selection } from './selection.ts';
import type { JudgedRow } from './states/state-columns.ts';
import { withStates } from './states/states.ts';
import { isFailing, withWeights } from './states/suspicions.ts';
import type { Total } from './totals.ts';

/** The totals of a query that is about the peers of an address. */
export type PeerTotals =
  | 'peers'
  | 'rejectedPeers'
  | 'answeredClients'
  | 'answeringServers'
  | 'clients'
  | 'servers';

/** Those totals; `column` has the peers, `isClient` holds where a peer asks and `isServer` where it was asked. */
export function peerTotals(
  column: string,
  isClient: Sql,
  isServer: Sql,
): Readonly<Record<PeerTotals, Total>> {
  return {
    peers: { distinct: column },
    rejectedPeers: { distinct: column, where: sql`action = 'REJECT'` },
    clients: { distinct: column, where: isClient },
    answeredClients: { distinct: column, where: allOf(isClient, sql`state = 'answered'`) },
    servers: { distinct: column, where: isServer },
    answeringServers: { distinct: column, where: allOf(isServer, sql`state = 'answered'`) },
  };
}

/**
 * How many peers there were, and how many met a rejection; clients apart from the servers that were called, where there
 * are both: `5 addresses, 2 of them rejected: 3 clients and 2 servers that it called`.
 */
export function peersInWords({ totals, least }: Pick<JudgeContext<PeerTotals>, 'totals' | 'least'>): string {
  const { peers, rejectedPeers, clients, servers } = totals;
  const rejected = rejectedPeers === 0 ? '' : `, ${least}${showInteger(rejectedPeers)} of them rejected`;
  const kinds =
    clients === 0 || servers === 0
      ? ''
      : ` (${plural(clients, 'client')}, ${plural(servers, 'server')} that it called)`;
  return `${least}${plural(peers, 'address', 'addresses')}${rejected}${kinds}`;
}

/** How the others fare: ` 3 other clients are answered.`, ` 3 other servers answer.`; nothing where there is none. */
export function othersInWords(
  isOfClient: boolean,
  { totals, least }: Pick<JudgeContext<PeerTotals>, 'totals' | 'least'>,
): string {
  const others = isOfClient ? totals.answeredClients : totals.answeringServers;
  if (others === 0) return '';
  const words = isOfClient ? plural(others, 'other client') : plural(others, 'other server');
  const verb = isOfClient
    ? others === 1
      ? 'is answered'
      : 'are answered'
    : others === 1
      ? 'answers'
      : 'answer';
  const said = `${least}${words} ${verb}.`;
  return ` ${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

/** The next step for the first row: why it fails, or all of the two addresses where it does not. */
export function whyOrBetween(
  { weight, client, server, port }: Pick<JudgedRow, 'weight' | 'client' | 'server' | 'port'>,
  ours: string,
  peer: string,
): FollowUp {
  const on = port === null ? '' : ` port=${port}`;
  return isFailing(weight)
    ? { label: 'Why', line: `why ${client} ${server}${on}` }
    : { label: `With ${peer}`, line: `between ${ours} ${peer}` };
}

/** What matters first, then the most data; the rest makes the order total. */
export const TALK_ORDER = [
  'weight desc',
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
 * Who said how much to whom, by service, action and the peer's role (client, server or unknown), with what became of each
 * conversation: `source`, `destination`, `port`, `protocol`, `action`, `role`, the measures, `state`, `since` and
 * `weight`. The peer is the side that was not asked about.
 */
export function talk(
  addr: AddressRange,
  { action, ...filters }: Filters,
  peer: 'source' | 'destination',
  context: QueryContext,
): Selection {
  const isToPeer = peer === 'source' ? sentTo : sentBy;
  const states = withStates({
    keys: {
      port: SERVICE_PORT,
      role: peer === 'source' ? PEER_SENDS : PEER_RECEIVES,
      // A packet field that is not recorded is NULL, and so would be the whole condition.
      asked_way: sql`coalesce(${isToPeer(addr, addressLiteral(addr))}, FALSE)`,
    },
    where: allOf(touches(addr), passing(filters)),
    window: context.window,
    isPart: filters.direction !== undefined,
  });
  return withWeights(states, allOf(sql`asked_way`, isAction(action)));
}

/** The rows of an action: what a conversation came to follows from both, whichever is shown. */
export function isAction(action: Filters['action']): Sql | undefined {
  return action === undefined ? undefined : sql`action = ${{ text: `'${action}'`, bound: [] }}`;
}

const PEER_SENDS = sql`CASE
  WHEN ${flow.sender_asks} THEN 'client' WHEN NOT ${flow.sender_asks} THEN 'server' ELSE 'unknown' END`;
const PEER_RECEIVES = sql`CASE
  WHEN ${flow.sender_asks} THEN 'server' WHEN NOT ${flow.sender_asks} THEN 'client' ELSE 'unknown' END`;
