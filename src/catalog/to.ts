import { address } from '../core/args/address.ts';
import { option } from '../core/args/option.ts';
import { required } from '../core/args/required.ts';
import { whole } from '../core/args/whole.ts';
import * as column from '../core/columns/kinds.ts';
import { showBytes } from '../core/columns/show-bytes.ts';
import { sentTo } from '../core/flow-sql/address-match.ts';
import { distinct } from '../core/flow-sql/distinct.ts';
import { FILTER_ARGS } from '../core/flow-sql/filter-args.ts';
import { passing } from '../core/flow-sql/filters.ts';
import { MEASURE_COLUMNS } from '../core/flow-sql/measure-columns.ts';
import { rejectedPeers } from '../core/flow-sql/rejected-peers.ts';
import { TALK_ORDER, talk } from '../core/flow-sql/talk.ts';
import { defineQuery } from '../core/query.ts';
import { allOf } from '../core/sql/conditions.ts';

export const to = defineQuery({
  name: 'to',
  summary: 'Who talked to an address, on which ports, accepted or rejected',
  about:
    'A peer is a client when it opened the connection and a server when it answered one. Bytes are those sent ' +
    'to the address, counted at the one interface that saw most of them.',
  args: { addr: required(address()), ...FILTER_ARGS, top: option(whole(1, 1000)) },
  columns: {
    source: column.address('From'),
    port: column.port(),
    protocol: column.protocol(),
    action: column.action(),
    role: column.text('Peer is'),
    ...MEASURE_COLUMNS,
    destination: column.address('To'),
  },
  order: TALK_ORDER,

  sql: ({ addr, ...filters }) => talk(allOf(sentTo(addr), passing(filters)), 'source'),

  headline: (rows, { addr }, more) => {
    const [first] = rows;
    const peers = distinct(rows, 'source', ['address', 'addresses'], more);
    const rejected = rejectedPeers(rows, 'source');
    return `${addr.text} was talked to by ${peers}${rejected}; the most came from ${first?.source} (${showBytes(first?.bytes ?? 0)}).`;
  },
  subject: ({ addr }) => `traffic to ${addr.text}`,
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
