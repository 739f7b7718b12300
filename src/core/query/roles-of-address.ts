import { type AddressRange, isInternal } from '../flow-log/addresses.ts';
import type { FieldName } from '../flow-log/fields.ts';
import { addressLiteral, identifier } from '../sql/literals.ts';
import { allOf, type Sql, sql } from '../sql/sql.ts';
import { isAtItsEnd } from './conversation/sightings.ts';
import { isIn, isOurs, sentBy, touches } from './filters.ts';
import { flow, flowColumns, SERVICE_PORT } from './flow-columns.ts';
import { exactSum } from './measures.ts';
import {
  type Columns,
  columnsNamed,
  type FirstGroups,
  type GroupGroups,
  type PreviousGroups,
} from './selection.ts';

/**
 * What an address does: it listens on a port, which is that it answered there; it was asked on a port and answered no one;
 * it opens connections, or only tries to; it passes on what is meant for another address, as NAT gateways and nodes of pods
 * do; or nothing shows who asks.
 */
export type AddressRole = 'listens' | 'is asked' | 'opens' | 'tries' | 'passes on' | 'unknown';

/** Fields that say more of an address and its answers, and that a flow log may lack. */
export const FIELDS_OF_AN_ADDRESS = [
  'instance-id',
  'subnet-id',
  'vpc-id',
  'flow-direction',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
] as const satisfies FieldName[];

/**
 * What an address listens on, opens and passes on: a row for each role, port and protocol, with the number of peers and the
 * three foremost of them: those that were answered first, internal ones before those of the internet, and then by bytes.
 * What comes from the internet and was not answered, on whatever port, is in one row. Bytes are those of the interface that
 * saw most of a peer. It is written level by level, because each names what the one before has worked out.
 */
export function rolesOfAddress(addr: AddressRange): GroupGroups {
  return {
    from: perService(peersInOrder(perPeer(addr))),
    groupBy: { ...columnsNamed('port', 'protocol', 'peer', 'second_peer', 'third_peer'), role: ROLE },
    select: {
      weight: sql`max(${WEIGHT})`,
      // For the judgement to write.
      state: sql`'-'`,
      ...carried('peers', 'answered_peers', 'answering', 'rejected', 'inside', 'most_ports', 'confirmed'),
      ...carried('bytes', 'records', 'first_seen', 'last_seen', 'low_state', 'high_state'),
      ...carried('failing_peer', ...OF_THE_ADDRESS),
    },
  };
}

/** What the records at the address's own interface say of it; two interfaces where more than one had it. */
const OF_THE_ADDRESS = [
  'at_interface',
  'other_interface',
  'instance',
  'subnet',
  'vpc',
  'aws_service',
] as const;

/** Columns of groups that are alone already. */
function carried(...names: readonly string[]): Columns {
  return Object.fromEntries(names.map((name) => [name, sql`max(${identifier(name)})`]));
}

const ASKS = sql`coalesce(${flow.sender_asks}, TRUE)`;
const TCP = 6;
const IS_TCP = sql`${flow.protocol} = ${TCP}`;
/** Packets behind the close of their connection are rejected too, and ask for none. */
const IS_LATE = sql`coalesce(bitwise_and(${flow.tcp_flags}, 2) = 0 AND ${IS_TCP}, FALSE)`;
const RESETS = sql`coalesce(bitwise_and(${flow.tcp_flags}, 6) = 4, FALSE)`;

/** When a record shows each outcome; a reply that is rejected was an answer all the same. */
const OUTCOMES: Readonly<Record<string, Sql>> = {
  last_asked: sql`${flow.action} = 'ACCEPT' AND ${ASKS}`,
  last_answered: sql`${flow.action} = 'ACCEPT' AND NOT ${ASKS} AND NOT ${RESETS}`,
  last_refused: sql`${flow.action} = 'ACCEPT' AND NOT ${ASKS} AND ${RESETS}`,
  last_rejected: sql`${flow.action} = 'REJECT' AND ${ASKS} AND NOT ${IS_LATE}`,
  last_unreturned: sql`${flow.action} = 'REJECT' AND NOT ${ASKS} AND NOT ${IS_LATE}`,
};

/** What one interface recorded of one peer, on one port; then at the interface that saw most of it. */
function perPeer(addr: AddressRange): GroupGroups {
  const text = addressLiteral(addr);
  const isSender = sql`coalesce(${isIn(flow.source, addr, text)}, FALSE)`;
  const isReceiver = sql`coalesce(${isIn(flow.destination, addr, text)}, FALSE)`;
  const ofItsOwn = (column: Sql) => sql`CASE WHEN ${isAtItsEnd(addr, text)} THEN ${column} END`;
  return strangersTogether(addr, {
    from: {
      from: 'flows',
      where: touches(addr),
      groupBy: {
        ...flowColumns('protocol', 'interface_id'),
        port: SERVICE_PORT,
        side: sideOf(isSender, isReceiver),
        peer: sql`CASE WHEN ${isSender} THEN ${flow.destination} WHEN ${isReceiver} THEN ${flow.source}
      WHEN ${sentBy(addr, text)} THEN ${flow.destination} ELSE ${flow.source} END`,
      },
      select: {
        bytes: exactSum(flow.bytes),
        records: sql`count(*)`,
        first_seen: sql`min(${flow.start_seconds})`,
        last_seen: sql`max(${flow.end_seconds})`,
        ...Object.fromEntries(
          Object.entries(OUTCOMES).map(([name, shown]) => [
            name,
            sql`max(CASE WHEN ${shown} THEN ${flow.end_seconds} END)`,
          ]),
        ),
        confirmed: sql`max(CASE WHEN NOT ${ASKS} AND (${flow.tcp_flags} IS NOT NULL OR NOT ${IS_TCP}) THEN 1 ELSE 0 END)`,
        at_interface: sql`max(${ofItsOwn(flow.interface_id)})`,
        other_interface: sql`min(${ofItsOwn(flow.interface_id)})`,
        instance: sql`max(${ofItsOwn(flow.instance_id)})`,
        subnet: sql`max(${ofItsOwn(flow.subnet_id)})`,
        vpc: sql`max(${ofItsOwn(flow.vpc_id)})`,
        aws_service: sql`max(CASE WHEN ${isSender} THEN ${flow.pkt_src_aws_service} WHEN ${isReceiver} THEN ${flow.pkt_dst_aws_service} END)`,
      },
    },
    per: ['side', 'port', 'protocol', 'peer'],
    first: sql`coalesce(bytes, 0) DESC, records DESC, interface_id`,
    ofAll: { ...carried(...Object.keys(OUTCOMES), 'confirmed'), ...SPANNED },
    countAs: 'interfaces',
  });
}

const SPANNED: Columns = {
  first_seen: sql`min(first_seen)`,
  last_seen: sql`max(last_seen)`,
  ...Object.fromEntries(
    OF_THE_ADDRESS.map((name) => [
      name,
      name === 'other_interface' ? sql`min(${identifier(name)})` : sql`max(${identifier(name)})`,
    ]),
  ),
};

/** Which side of a conversation the address is on; packets that only pass its interface are neither from it nor for it. */
function sideOf(isSender: Sql, isReceiver: Sql): Sql {
  return sql`CASE
      WHEN NOT ${isSender} AND NOT ${isReceiver} THEN 'passes on'
      WHEN ${flow.sender_asks} IS NULL THEN 'unknown'
      WHEN ${isSender} = ${flow.sender_asks} THEN 'opens'
      ELSE 'listens' END`;
}

const IS_ANSWERED = sql`(last_answered IS NOT NULL OR last_unreturned IS NOT NULL OR (side = 'unknown' AND last_asked IS NOT NULL))`;

/** Peers with what became of their conversation in the end; those of the internet that were not answered for all ports. */
function strangersTogether(addr: AddressRange, from: FirstGroups): GroupGroups {
  const text = addressLiteral(addr);
  // Who asks is on the internet: the peer, or the address itself. Of IPv6 that is not to be seen.
  const isStrange = allOf(
    sql`NOT ${IS_ANSWERED}`,
    addr.family === 6 && sql`FALSE`,
    isInternal(addr.text)
      ? allOf(sql`side = 'listens'`, sql`NOT (${isOurs(identifier('peer'), text)})`)
      : sql`side = 'opens'`,
  );
  const isInside = addr.family === 6 ? sql`TRUE` : isOurs(identifier('peer'), text);
  const unlessStrange = (column: string) => sql`CASE WHEN NOT (${isStrange}) THEN ${identifier(column)} END`;
  return {
    from,
    groupBy: {
      side: sql`CASE WHEN ${isStrange} THEN concat('strange ', side) ELSE side END`,
      port: unlessStrange('port'),
      protocol: unlessStrange('protocol'),
      ...columnsNamed('peer'),
    },
    select: {
      answered: sql`max(CASE WHEN ${IS_ANSWERED} THEN 1 ELSE 0 END)`,
      inside: sql`max(CASE WHEN ${isInside} THEN 1 ELSE 0 END)`,
      peer_state: PEER_STATE,
      ports: sql`count(*)`,
      bytes: exactSum(sql`bytes`),
      records: sql`CAST(sum(records) AS bigint)`,
      confirmed: sql`max(confirmed)`,
      ...SPANNED,
    },
  };
}

/** The outcome that came last; requests so long after the last answer got none, in seconds. Only TCP must be answered. */
const ANSWER_SECONDS = 120;

const PEER_STATE = ((): Sql => {
  const last = (name: string) => sql`coalesce(max(${identifier(`last_${name}`)}), 0)`;
  const [asked, answered, refused] = [last('asked'), last('answered'), last('refused')];
  const [rejected, unreturned] = [last('rejected'), last('unreturned')];
  return sql`CASE
      WHEN ${rejected} > 0 AND ${rejected} >= ${answered} THEN 'rejected'
      WHEN max(side) IN ('unknown', 'passes on') THEN 'unknown'
      WHEN ${unreturned} > 0 AND ${unreturned} >= ${answered} THEN 'reply rejected'
      WHEN ${refused} > 0 AND ${refused} >= ${answered} THEN 'refused'
      WHEN ${answered} > 0 AND ${asked} <= ${answered} + ${ANSWER_SECONDS} THEN 'answered'
      WHEN ${asked} > 0 AND min(protocol) = ${TCP} AND max(protocol) = ${TCP} THEN 'unanswered'
      ELSE 'unknown' END`;
})();

const PER_SERVICE = ['side', 'port', 'protocol'];

/** Each peer with the two that come behind it. */
function peersInOrder(from: GroupGroups): PreviousGroups {
  const order = {
    per: PER_SERVICE,
    orderBy: sql`answered, inside, coalesce(bytes, 0), records, peer DESC`,
  };
  return {
    from: { from, ...order, previous: { second_peer: sql`peer` } },
    ...order,
    previous: { third_peer: sql`second_peer` },
  };
}

function perService(from: PreviousGroups): FirstGroups {
  return {
    from: {
      from,
      groupBy: columnsNamed(...PER_SERVICE, 'peer', 'second_peer', 'third_peer'),
      select: {
        ...carried('answered', 'inside', 'ports', 'bytes', 'records', 'confirmed', 'peer_state'),
        ...carried('first_seen', 'last_seen', ...OF_THE_ADDRESS),
        answered_peers: sql`max(answered)`,
        answering: sql`max(CASE WHEN peer_state = 'answered' THEN 1 ELSE 0 END)`,
        rejected: sql`max(CASE WHEN peer_state IN ('rejected', 'reply rejected') THEN 1 ELSE 0 END)`,
        failing_peer: sql`max(CASE WHEN inside = 1 AND peer_state NOT IN ('answered', 'unknown') THEN peer END)`,
        most_ports: sql`max(ports)`,
        low_state: sql`max(peer_state)`,
        high_state: sql`max(peer_state)`,
      },
    },
    per: PER_SERVICE,
    first: sql`answered DESC, inside DESC, coalesce(bytes, 0) DESC, records DESC, peer`,
    ofAll: {
      ...SPANNED,
      inside: sql`sum(inside)`,
      answered_peers: sql`sum(answered_peers)`,
      answering: sql`sum(answering)`,
      rejected: sql`sum(rejected)`,
      most_ports: sql`max(most_ports)`,
      failing_peer: sql`max(failing_peer)`,
      confirmed: sql`max(confirmed)`,
      low_state: sql`min(low_state)`,
      high_state: sql`max(high_state)`,
      bytes: exactSum(sql`bytes`),
      records: sql`sum(records)`,
    },
    countAs: 'peers',
  };
}

const ROLE = sql`CASE
      WHEN side = 'listens' AND answered_peers > 0 THEN 'listens'
      WHEN side IN ('listens', 'strange listens') THEN 'is asked'
      WHEN side = 'opens' AND answered_peers > 0 THEN 'opens'
      WHEN side IN ('opens', 'strange opens') THEN 'tries'
      ELSE side END`;

/** What it serves and what fails inside comes before what the internet tries. */
const WEIGHT = sql`CASE
      WHEN side = 'strange listens' THEN 1
      WHEN side = 'unknown' THEN 2
      WHEN side = 'passes on' THEN 3
      WHEN side = 'listens' THEN CASE WHEN answered_peers > 0 THEN 6 ELSE 5 END
      ELSE 4 END`;
