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
import { passing, sentTo } from '../core/query/filters.ts';
import { anAddress, phrase } from '../core/query/finding.ts';
import { amountOf, MEASURE_COLUMNS } from '../core/query/measures.ts';
import { peersInWords, peerTotals, TALK_ORDER, talk } from '../core/query/peers.ts';
import { defineQuery } from '../core/query/query.ts';
import { allOf } from '../core/sql/sql.ts';

export const to = defineQuery({
  name: 'to',
  summary: 'Who sends to an address, on which ports, accepted or rejected',
  about:
    'A peer is a client when it opened the connection, a server when it answered one, and unknown where neither flags ' +
    'nor ports show it. Bytes are those sent ' +
    'to the address, counted at the one interface that saw most of them.',
  args: { addr: required(address()), ...FILTER_ARGS, top: option(whole(1, 1000)) },
  columns: {
    source: addressColumn('From'),
    port: portColumn(),
    protocol: protocolColumn(),
    action: actionColumn(),
    role: textColumn('Peer is'),
    ...MEASURE_COLUMNS,
    destination: addressColumn('To'),
  },
  foremost: ['source', 'port', 'action', 'first_seen', 'last_seen', 'bytes'],
  order: TALK_ORDER,

  sql: ({ addr, ...filters }) => talk(allOf(sentTo(addr), passing(filters)), 'source'),

  totals: peerTotals('source'),
  finding: ([first], { addr }, context) =>
    phrase`${anAddress(addr.text)} got traffic from ${peersInWords(context)}; most of it from ${anAddress(first?.source ?? ABSENT)} (${amountOf(first?.bytes, context)}).`,
  subject: ({ addr }) => phrase`traffic to ${anAddress(addr.text)}`,
  followUps: ([first], { addr }) => [
    { label: 'Only rejected', line: `to ${addr.text} action=reject` },
    { label: 'Its ports', line: `ports ${addr.text}` },
    { label: 'Over time', line: `timeline ${addr.text}` },
    ...(first === undefined ? [] : [betweenThem(addr.text, first.source)]),
  ],
});

function betweenThem(addr: string, peer: string) {
  return { label: `With ${peer}`, line: `between ${addr} ${peer}` };
}
