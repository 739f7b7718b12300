import { option, required } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import {
  ABSENT,
  actionColumn,
  addressColumn,
  portColumn,
  protocolColumn,
  textColumn,
} from '../core/query/columns.ts';
import { anAddress, phrase } from '../core/query/finding.ts';
import { amountOf, MEASURE_COLUMNS } from '../core/query/measures.ts';
import {
  othersInWords,
  peersInWords,
  peerTotals,
  TALK_ORDER,
  talk,
  whyOrBetween,
} from '../core/query/peers.ts';
import { defineQuery } from '../core/query/query.ts';
import { whatMatters } from '../core/query/states/finding-of-rows.ts';
import {
  FIELDS_OF_STATES,
  JUDGED_COLUMNS,
  REASON_COLUMN,
  STATE_COLUMNS,
} from '../core/query/states/state-columns.ts';
import { sql } from '../core/sql/sql.ts';

export const from = defineQuery({
  name: 'from',
  summary: 'Whom an address sends to, on which ports, accepted or rejected',
  about:
    'A peer is a client when it opened the connection, a server when it answered one, and unknown where neither flags ' +
    'nor ports show it. Bytes are those sent ' +
    'by the address, counted at the one interface that saw most of them.',
  args: { addr: required(address()), ...FILTER_ARGS, top: option(whole(1, 1000)) },
  columns: {
    destination: addressColumn('To'),
    ...STATE_COLUMNS,
    port: portColumn(),
    protocol: protocolColumn(),
    action: actionColumn(),
    role: textColumn('Peer is'),
    ...MEASURE_COLUMNS,
    source: addressColumn('From'),
    ...REASON_COLUMN,
    ...JUDGED_COLUMNS,
  },
  mayLack: FIELDS_OF_STATES,
  shown: [
    'destination',
    'state',
    'since',
    'port',
    'protocol',
    'action',
    'role',
    'bytes',
    'packets',
    'records',
    'first_seen',
    'last_seen',
    'interface_id',
    'source',
    'reason',
  ],
  foremost: ['destination', 'state', 'since', 'port', 'action', 'bytes', 'last_seen'],
  order: TALK_ORDER,

  sql: ({ addr, ...filters }, context) => talk(addr, filters, 'destination', context),

  totals: peerTotals('destination', sql`role = 'client'`, sql`role = 'server'`),
  finding: (rows, { addr }, context) => {
    const matters = whatMatters(rows, context, ({ client }) =>
      othersInWords(
        rows.some((row) => row.weight !== 0 && row.destination === client),
        context,
      ),
    );
    if (matters !== undefined) return matters;
    const [first] = rows;
    return phrase`${anAddress(addr.text)} sent traffic to ${peersInWords(context)}; most of it to ${anAddress(first?.destination ?? ABSENT)} (${amountOf(first?.bytes, context)}).`;
  },
  subject: ({ addr }) => phrase`traffic from ${anAddress(addr.text)}`,
  followUps: ([first], { addr }) => [
    { label: 'Only rejected', line: `from ${addr.text} action=reject` },
    { label: 'Both ways', line: `traffic ${addr.text}` },
    { label: 'Over time', line: `timeline ${addr.text}` },
    ...(first === undefined ? [] : [whyOrBetween(first, addr.text, first.destination)]),
  ],
});
