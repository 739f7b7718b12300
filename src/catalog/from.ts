import { address } from '../core/args/address.ts';
import { option } from '../core/args/option.ts';
import { required } from '../core/args/required.ts';
import { whole } from '../core/args/whole.ts';
import * as column from '../core/columns/kinds.ts';
import { sentBy } from '../core/flow-sql/address-match.ts';
import { amountOf } from '../core/flow-sql/amount-of.ts';
import { FILTER_ARGS } from '../core/flow-sql/filter-args.ts';
import { passing } from '../core/flow-sql/filters.ts';
import { MEASURE_COLUMNS } from '../core/flow-sql/measure-columns.ts';
import { peersInWords, peerTotals } from '../core/flow-sql/peers.ts';
import { TALK_ORDER, talk } from '../core/flow-sql/talk.ts';
import { defineQuery } from '../core/query.ts';
import { allOf } from '../core/sql/conditions.ts';

export const from = defineQuery({
  name: 'from',
  summary: 'Whom an address talked to, on which ports, accepted or rejected',
  about:
    'A peer is a client when it opened the connection, a server when it answered one, and unknown where neither flags ' +
    'nor ports tell. Bytes are those sent ' +
    'by the address, counted at the one interface that saw most of them.',
  args: { addr: required(address()), ...FILTER_ARGS, top: option(whole(1, 1000)) },
  columns: {
    destination: column.address('To'),
    port: column.port(),
    protocol: column.protocol(),
    action: column.action(),
    role: column.text('Peer is'),
    ...MEASURE_COLUMNS,
    source: column.address('From'),
  },
  order: TALK_ORDER,

  sql: ({ addr, ...filters }) => talk(allOf(sentBy(addr), passing(filters)), 'destination'),

  totals: peerTotals('destination'),
  headline: ([first], { addr }, context) =>
    `${addr.text} talked to ${peersInWords(context)}; the most went to ${first?.destination} (${amountOf(first?.bytes, context)}).`,
  subject: ({ addr }) => `traffic from ${addr.text}`,
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
