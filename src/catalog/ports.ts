import { option, required } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import {
  actionColumn,
  addressColumn,
  bytesColumn,
  countColumn,
  momentColumn,
  optionalCountColumn,
  portColumn,
  protocolColumn,
  textColumn,
} from '../core/query/columns.ts';
import { passing, sentTo, touches } from '../core/query/filters.ts';
import { anAddress, phrase, type State } from '../core/query/finding.ts';
import { DESTINATION_PORT, flow, SERVICE_PORT, SOURCE_PORT } from '../core/query/flow-columns.ts';
import { exactSum } from '../core/query/measures.ts';
import { isAction } from '../core/query/peers.ts';
import { defineQuery } from '../core/query/query.ts';
import type { Columns, GatheredGroups } from '../core/query/selection.ts';
import { whatMatters } from '../core/query/states/finding-of-rows.ts';
import {
  FIELDS_OF_STATES,
  JUDGED_COLUMNS,
  REASON_COLUMN,
  STATE_COLUMNS,
} from '../core/query/states/state-columns.ts';
import { isState, withStates } from '../core/query/states/states.ts';
import { isFailing, WEIGHTS, withWeights } from '../core/query/states/suspicions.ts';
import { addressLiteral } from '../core/sql/literals.ts';
import { allOf, type Sql, sql } from '../core/sql/sql.ts';
import { type Integer, plural } from '../core/wording.ts';

/** A port of an address, as it was called. */
const PORT = ['destination', 'port', 'protocol', 'action', 'role'] as const;

/** How many callers of our own fail in a state; what the internet tries in vain is no failure. */
function failingIn(state: State): Sql {
  return sql`sum(CASE WHEN ${allOf(isState(state), sql`weight >= ${WEIGHTS.failing}`)} THEN 1 ELSE 0 END)`;
}

/** Of the callers of a port: how many, how they fare together, and how much they sent. */
const OF_ALL_CALLERS: Columns = {
  peers: sql`count(*)`,
  answered: sql`sum(CASE WHEN state = 'answered' THEN 1 ELSE 0 END)`,
  rejected_callers: failingIn('rejected'),
  unheard_callers: failingIn('reply rejected'),
  refused_callers: failingIn('refused'),
  unanswered_callers: failingIn('unanswered'),
  least_state: sql`min(state)`,
  most_state: sql`max(state)`,
  first_since: sql`min(since)`,
  sinces: sql`count(since)`,
  all_bytes: exactSum(sql`bytes`),
  all_packets: exactSum(sql`packets`),
  all_records: sql`sum(records)`,
  all_from: sql`min(first_seen)`,
  all_to: sql`max(last_seen)`,
};

/** One row for each port: the caller that matters most, with the sums of all. */
function portsOf(conversations: GatheredGroups): GatheredGroups {
  const isOne = sql`least_state = most_state`;
  return {
    from: conversations,
    per: PORT,
    gather: OF_ALL_CALLERS,
    placeAs: { name: 'nth_of_port', orderBy: sql`weight DESC, source, client` },
    derive: {
      opened_by: sql`CASE WHEN role = 'client' THEN 'peer' ELSE 'unknown' END`,
      own_state: sql`state`,
      faring_alike: sql`CASE state WHEN 'rejected' THEN rejected_callers WHEN 'reply rejected' THEN unheard_callers WHEN 'refused' THEN refused_callers WHEN 'unanswered' THEN unanswered_callers ELSE 1 END`,
      own_since: sql`since`,
      own_from: sql`first_seen`,
      own_to: sql`last_seen`,
      state: sql`CASE WHEN ${isOne} THEN state ELSE 'mixed' END`,
      since: sql`CASE WHEN ${isOne} AND sinces = peers THEN first_since END`,
      bytes: sql`all_bytes`,
      packets: sql`all_packets`,
      records: sql`CAST(all_records AS bigint)`,
      first_seen: sql`all_from`,
      last_seen: sql`all_to`,
    },
    drop: [
      'state',
      'since',
      'bytes',
      'packets',
      'records',
      'first_seen',
      'last_seen',
      ...Object.keys(OF_ALL_CALLERS).filter((name) => name !== 'peers' && name !== 'answered'),
    ],
    keep: sql`nth_of_port = 1`,
  };
}

export const ports = defineQuery({
  name: 'ports',
  summary: 'On which ports an address was called, and by how many',
  about:
    'Replies to connections that the address opened itself do not count; what may be one stays in, opened by unknown. ' +
    'An accepted packet passed the security groups and network ACLs: it does not prove that something listened.',
  args: { addr: required(address()), ...FILTER_ARGS, top: option(whole(1, 1000)) },
  columns: {
    destination: addressColumn('Address'),
    port: portColumn(),
    protocol: protocolColumn(),
    ...STATE_COLUMNS,
    action: actionColumn(),
    peers: countColumn('Peers'),
    answered: countColumn('Answered'),
    bytes: bytesColumn(),
    packets: optionalCountColumn('Packets'),
    records: countColumn('Records'),
    first_seen: momentColumn('First seen'),
    last_seen: momentColumn('Last seen'),
    opened_by: textColumn('Opened by'),
    ...REASON_COLUMN,
    ...JUDGED_COLUMNS,
    own_state: textColumn('State of the first'),
    faring_alike: countColumn('Callers in that state'),
    own_since: momentColumn('Since of the first'),
    own_from: momentColumn('First seen of the first'),
    own_to: momentColumn('Last seen of the first'),
  },
  mayLack: FIELDS_OF_STATES,
  shown: [
    'destination',
    'port',
    'protocol',
    'state',
    'since',
    'action',
    'peers',
    'answered',
    'bytes',
    'packets',
    'records',
    'first_seen',
    'last_seen',
    'opened_by',
    'reason',
  ],
  foremost: ['port', 'state', 'since', 'action', 'peers', 'answered', 'last_seen', 'records'],
  order: [
    'weight desc',
    'records desc',
    'peers desc',
    'destination',
    'port',
    'protocol',
    'action',
    'opened_by',
  ],

  sql: ({ addr, action, ...filters }, context) => {
    const isCalled = sql`coalesce(${sentTo(addr, addressLiteral(addr))}, FALSE)`;
    const states = withStates({
      keys: {
        port: sql`CASE WHEN ${flow.sender_asks} IS NOT NULL THEN ${SERVICE_PORT} WHEN ${isCalled} THEN ${DESTINATION_PORT} ELSE ${SOURCE_PORT} END`,
        role: sql`CASE WHEN ${flow.sender_asks} THEN 'client' WHEN NOT ${flow.sender_asks} THEN 'server' ELSE 'unknown' END`,
        asked_way: isCalled,
      },
      where: allOf(touches(addr), passing(filters)),
      window: context.window,
      isPart: filters.direction !== undefined,
    });
    // Only what is known to be a reply stays out.
    return portsOf(withWeights(states, allOf(sql`asked_way`, sql`role <> 'server'`, isAction(action))));
  },

  totals: {
    all: { distinct: 'port' },
    accepted: { distinct: 'port', where: sql`action = 'ACCEPT'` },
    rejected: { distinct: 'port', where: sql`action = 'REJECT'` },
    unknown: { where: sql`opened_by = 'unknown'` },
  },
  finding: (rows, { addr }, context) => {
    const matters = whatMatters(
      rows.map((row) => ({
        ...row,
        state: row.own_state,
        since: row.own_since,
        first_seen: row.own_from,
        last_seen: row.own_to,
      })),
      context,
      ({ server, port, protocol }) => {
        // A port has a row for each action, and who is answered is in that of accepted packets.
        const alike = rows.filter(
          (row) => row.server === server && row.port === port && row.protocol === protocol,
        );
        return answeredInWords(Math.max(...alike.map(({ answered }) => Number(answered))), context);
      },
    );
    if (matters !== undefined) return matters;
    const { totals, least } = context;
    // The sender's interface may accept what the receiver's rejects: then the port did not accept it.
    const both = totals.accepted + totals.rejected - totals.all;
    const address = anAddress(addr.text);
    const parts = [
      portsThat(totals.accepted - both, 'accepted calls', least),
      portsThat(totals.rejected - both, 'rejected calls', least),
      portsThat(both, 'had packets accepted and packets rejected', least),
    ].filter((part) => part !== undefined);
    const unsure = totals.unknown > 0 ? ', as far as is known who called whom' : '';
    if (parts.length === 0) return phrase`${address} was called without a port, as by ICMP${unsure}.`;
    return phrase`Of ${address}, ${parts.join('; ')}${unsure}.`;
  },
  subject: ({ addr }) => phrase`traffic calling ${anAddress(addr.text)}`,
  followUps: ([first], { addr }) => [
    ...(first === undefined || first.port === null ? [] : [callers(addr.text, first.port)]),
    ...(first !== undefined && isFailing(first.weight)
      ? [
          {
            label: 'Why',
            line: `why ${first.client} ${first.server}${first.port === null ? '' : ` port=${first.port}`}`,
          },
        ]
      : []),
    { label: 'Only rejected', line: `ports ${addr.text} action=reject` },
    { label: 'Who sends to it', line: `to ${addr.text}` },
  ],
});

function answeredInWords(answered: Integer, { least }: { readonly least: string }): string {
  if (Number(answered) === 0) return '';
  const said = `${least}${plural(answered, 'other caller')} ${Number(answered) === 1 ? 'is' : 'are'} answered there.`;
  return ` ${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

function portsThat(amount: number, did: string, least: string): string | undefined {
  return amount > 0 ? `${least}${plural(amount, 'port')} ${did}` : undefined;
}

function callers(addr: string, port: number) {
  return { label: `Who called port ${port}`, line: `to ${addr} port=${port}` };
}
