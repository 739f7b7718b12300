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
import { passing, sentBy } from '../core/query/filters.ts';
import { anAddress, phrase } from '../core/query/finding.ts';
import { amountOf, MEASURE_COLUMNS } from '../core/query/measures.ts';
import { peersInWords, peerTotals, TALK_ORDER, talk } from '../core/query/peers.ts';
import { defineQuery } from '../core/query/query.ts';
import { allOf } from '../core/sql/sql.ts';

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
    port: portColumn(),
    protocol: protocolColumn(),
    action: actionColumn(),
    role: textColumn('Peer is'),
    ...MEASURE_COLUMNS,
    source: addressColumn('From'),
  },
  foremost: ['destination', 'port', 'action', 'first_seen', 'last_seen', 'bytes'],
  order: TALK_ORDER,

  sql: ({ addr, ...filters }) => talk(allOf(sentBy(addr), passing(filters)), 'destination'),

  totals: peerTotals('destination'),
  finding: ([first], { addr }, context) =>
    phrase`${anAddress(addr.text)} sent traffic to ${peersInWords(context)}; most of it to ${anAddress(first?.destination ?? ABSENT)} (${amountOf(first?.bytes, context)}).`,
  subject: ({ addr }) => phrase`traffic from ${anAddress(addr.text)}`,
  followUps: ([first], { addr }) => [
    { label: 'Only rejected', line: `from ${addr.text} action=reject` },
    { label: 'Both ways', line: `traffic ${addr.text}` },
    { label: 'Over time', line: `timeline ${addr.text}` },
    ...(first === undefined ? [] : [betweenThem(addr.text, first.destination)]),
  ],
});

function betweenThem(addr: string, peer: string) {
  return { label: `With ${peer}`, line: `between ${addr} ${peer}` };
}
