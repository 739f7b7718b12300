import { address } from '../core/args/address.ts';
import { option } from '../core/args/option.ts';
import { required } from '../core/args/required.ts';
import { whole } from '../core/args/whole.ts';
import { sumOf } from '../core/columns/integer.ts';
import * as column from '../core/columns/kinds.ts';
import { showBytes } from '../core/columns/show-bytes.ts';
import { sentBy, touches } from '../core/flow-sql/address-match.ts';
import { atOneVantage } from '../core/flow-sql/at-one-vantage.ts';
import { distinct } from '../core/flow-sql/distinct.ts';
import { FILTER_ARGS } from '../core/flow-sql/filter-args.ts';
import { passing } from '../core/flow-sql/filters.ts';
import { rejectedPeers } from '../core/flow-sql/rejected-peers.ts';
import { SERVICE_PORT } from '../core/flow-sql/service-port.ts';
import { SUMMED_UP } from '../core/flow-sql/summed-up.ts';
import { defineQuery } from '../core/query.ts';
import { columnsNamed } from '../core/selection/columns-named.ts';
import { addressLiteral } from '../core/sql/address-literal.ts';
import { allOf } from '../core/sql/conditions.ts';
import { sql } from '../core/sql/sql.ts';

export const traffic = defineQuery({
  name: 'traffic',
  summary: 'Everything an address exchanged, both ways, from its side',
  about:
    'In and out are seen from the address that was asked for. Who opened a connection comes from TCP flags where ' +
    'they are recorded, else from the lower port. Each direction is counted at the one interface that saw most of it.',
  args: { addr: required(address()), ...FILTER_ARGS, top: option(whole(1, 1000)) },
  columns: {
    ours: column.address('Address'),
    peer: column.address('Peer'),
    port: column.port(),
    protocol: column.protocol(),
    action: column.action(),
    opened_by: column.text('Opened by'),
    bytes_in: column.bytes('In'),
    bytes_out: column.bytes('Out'),
    records: column.count('Records'),
    first_seen: column.moment('First seen'),
    last_seen: column.moment('Last seen'),
  },
  order: [
    'bytes_in desc',
    'bytes_out desc',
    'records desc',
    'ours',
    'peer',
    'port',
    'protocol',
    'action',
    'opened_by',
  ],

  sql: ({ addr, ...filters }) => ({
    from: atOneVantage(
      {
        ...columnsNamed('source', 'destination', 'protocol', 'action'),
        // A packet field that is not recorded is NULL, and so would be the whole condition.
        outbound: sql`coalesce(${sentBy(addr, addressLiteral(addr))}, FALSE)`,
        asks: sql`sender_asks`,
        port: SERVICE_PORT,
      },
      allOf(touches(addr), passing(filters)),
    ),
    groupBy: {
      ...columnsNamed('port', 'protocol', 'action'),
      ours: sql`if(outbound, source, destination)`,
      peer: sql`if(outbound, destination, source)`,
      opened_by: sql`if(outbound = asks, 'us', 'peer')`,
    },
    select: {
      bytes_in: sql`CAST(sum(if(outbound, 0, bytes)) AS bigint)`,
      bytes_out: sql`CAST(sum(if(outbound, bytes, 0)) AS bigint)`,
      records: SUMMED_UP.records,
      first_seen: SUMMED_UP.first_seen,
      last_seen: SUMMED_UP.last_seen,
    },
  }),

  headline: (rows, { addr }, more) => {
    const peers = distinct(rows, 'peer', ['address', 'addresses'], more);
    const [incoming, outgoing] = [
      sumOf(rows.map((row) => row.bytes_in)),
      sumOf(rows.map((row) => row.bytes_out)),
    ];
    const rejected = rejectedPeers(rows, 'peer');
    const least = more ? 'at least ' : '';
    return `${addr.text} exchanged traffic with ${peers}${rejected}: ${least}${showBytes(incoming)} in, ${showBytes(outgoing)} out.`;
  },
  subject: ({ addr }) => `traffic of ${addr.text}`,
  followUps: ([first], { addr }) => [
    { label: 'Only rejected', line: `traffic ${addr.text} action=reject` },
    { label: 'Over time', line: `timeline ${addr.text}` },
    { label: 'Its ports', line: `ports ${addr.text}` },
    ...(first === undefined
      ? []
      : [{ label: `With ${first.peer}`, line: `between ${first.ours} ${first.peer}` }]),
  ],
});
