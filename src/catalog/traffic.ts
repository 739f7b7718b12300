import { option, required } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import {
  ABSENT,
  actionColumn,
  addressColumn,
  bytesColumn,
  countColumn,
  momentColumn,
  portColumn,
  protocolColumn,
  textColumn,
} from '../core/query/columns.ts';
import { passing, sentBy, sentTo, touches } from '../core/query/filters.ts';
import { anAddress, phrase } from '../core/query/finding.ts';
import { flow, SERVICE_PORT } from '../core/query/flow-columns.ts';
import { amountOf, exactSum, SUMMED_UP } from '../core/query/measures.ts';
import { isAction, othersInWords, peersInWords, peerTotals, whyOrBetween } from '../core/query/peers.ts';
import { defineQuery } from '../core/query/query.ts';
import { columnsNamed } from '../core/query/selection.ts';
import { whatMatters } from '../core/query/states/finding-of-rows.ts';
import {
  FIELDS_OF_STATES,
  JUDGED_COLUMNS,
  JUDGED_OF_GROUP,
  REASON_COLUMN,
  STATE_COLUMNS,
} from '../core/query/states/state-columns.ts';
import { withStates } from '../core/query/states/states.ts';
import { withWeights } from '../core/query/states/suspicions.ts';
import { addressLiteral } from '../core/sql/literals.ts';
import { allOf, type Sql, sql } from '../core/sql/sql.ts';

/** In and out are as this side sees them: of two addresses inside the block, the one that comes first as text. */
const OURS_SENDS = sql`sent AND (NOT received OR source <= destination)`;

/** 0 where there is no such record; absent where none of them says how much it was. */
function sumOfThose(condition: Sql): Sql {
  return sql`CASE WHEN count(CASE WHEN ${condition} THEN 1 END) = 0 THEN 0
    ELSE ${exactSum(sql`CASE WHEN ${condition} THEN bytes END`)} END`;
}

export const traffic = defineQuery({
  name: 'traffic',
  summary: 'Everything an address exchanged, both ways, from its side',
  about:
    'In and out are seen from the address that was asked for; inside a block, from the one of the two that comes first. ' +
    'Who opened a connection comes from TCP flags where they are recorded, else from the ports, and is unknown where ' +
    'neither shows it. Each direction is counted at the one interface that saw most of it.',
  args: { addr: required(address()), ...FILTER_ARGS, top: option(whole(1, 1000)) },
  columns: {
    ours: addressColumn('Address'),
    peer: addressColumn('Peer'),
    ...STATE_COLUMNS,
    port: portColumn(),
    protocol: protocolColumn(),
    action: actionColumn(),
    opened_by: textColumn('Opened by'),
    bytes_in: bytesColumn('In'),
    bytes_out: bytesColumn('Out'),
    records: countColumn('Records'),
    first_seen: momentColumn('First seen'),
    last_seen: momentColumn('Last seen'),
    way: textColumn('Across or inside'),
    ...REASON_COLUMN,
    ...JUDGED_COLUMNS,
    bytes: bytesColumn('Sent by the client'),
  },
  mayLack: FIELDS_OF_STATES,
  shown: [
    'ours',
    'peer',
    'state',
    'since',
    'port',
    'protocol',
    'action',
    'opened_by',
    'bytes_in',
    'bytes_out',
    'records',
    'first_seen',
    'last_seen',
    'way',
    'reason',
  ],
  foremost: ['peer', 'state', 'since', 'port', 'bytes_in', 'bytes_out', 'action', 'last_seen'],
  order: [
    'weight desc',
    'bytes_in desc',
    'bytes_out desc',
    'records desc',
    'ours',
    'peer',
    'port',
    'protocol',
    'action',
    'opened_by',
    'way',
  ],

  sql: ({ addr, action, ...filters }, context) => {
    const literal = addressLiteral(addr);
    const states = withStates({
      keys: {
        // A packet field that is not recorded is NULL, and so would be the whole condition.
        sent: sql`coalesce(${sentBy(addr, literal)}, FALSE)`,
        received: sql`coalesce(${sentTo(addr, literal)}, FALSE)`,
        asks: flow.sender_asks,
        role: sql`CASE WHEN ${flow.sender_asks} IS NULL THEN 'unknown' ELSE 'known' END`,
        port: SERVICE_PORT,
      },
      where: allOf(touches(addr), passing(filters)),
      window: context.window,
      isPart: filters.direction !== undefined,
    });
    return {
      from: withWeights(states, isAction(action)),
      groupBy: {
        ...columnsNamed('port', 'protocol', 'action'),
        ours: sql`if(${OURS_SENDS}, source, destination)`,
        peer: sql`if(${OURS_SENDS}, destination, source)`,
        way: sql`if(sent AND received, 'inside', 'across')`,
        opened_by: sql`CASE WHEN asks IS NULL THEN 'unknown' WHEN asks = (${OURS_SENDS}) THEN 'us' ELSE 'peer' END`,
      },
      select: {
        bytes_in: sumOfThose(sql`NOT (${OURS_SENDS})`),
        bytes_out: sumOfThose(OURS_SENDS),
        records: SUMMED_UP.records,
        first_seen: SUMMED_UP.first_seen,
        last_seen: SUMMED_UP.last_seen,
        bytes: sql`max(CASE WHEN source = client THEN bytes END)`,
        ...JUDGED_OF_GROUP,
      },
    };
  },

  totals: peerTotals('peer', sql`opened_by = 'peer'`, sql`opened_by = 'us'`),
  // Amounts are not added up: what a NAT gateway sends on under its own address is a peer of its own.
  finding: (rows, { addr }, context) => {
    const matters = whatMatters(rows, context, ({ client }) =>
      othersInWords(
        rows.some((row) => row.weight !== 0 && row.peer === client),
        context,
      ),
    );
    if (matters !== undefined) return matters;
    const [first] = rows;
    return phrase`${anAddress(addr.text)} exchanged traffic with ${peersInWords(context)}; most with ${anAddress(first?.peer ?? ABSENT)}: ${amountOf(first?.bytes_in, context)} in, ${amountOf(first?.bytes_out, context)} out.`;
  },
  subject: ({ addr }) => phrase`traffic of ${anAddress(addr.text)}`,
  followUps: ([first], { addr }) => [
    { label: 'Only rejected', line: `traffic ${addr.text} action=reject` },
    { label: 'Over time', line: `timeline ${addr.text}` },
    { label: 'Its ports', line: `ports ${addr.text}` },
    ...(first === undefined ? [] : [whyOrBetween(first, first.ours, first.peer)]),
  ],
});
