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
import { defineQuery } from '../core/query.ts';
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

  sql: ({ addr, ...filters }) => sql`SELECT ours, peer, port, protocol, action, opened_by,
    CAST(sum(if(outbound, 0, bytes)) AS bigint) AS bytes_in,
    CAST(sum(if(outbound, bytes, 0)) AS bigint) AS bytes_out,
    CAST(sum(records) AS bigint) AS records,
    min(first_seen) AS first_seen,
    max(last_seen) AS last_seen
  FROM (
    SELECT outbound, port, protocol, action, bytes, records, first_seen, last_seen,
      if(outbound, source, destination) AS ours,
      if(outbound, destination, source) AS peer,
      if(outbound = asks, 'us', 'peer') AS opened_by
    FROM (${atOneVantage(
      {
        source: sql`source`,
        destination: sql`destination`,
        // A packet field that is not recorded is NULL, and so would be the whole condition.
        outbound: sql`coalesce(${sentBy(addr)}, FALSE)`,
        asks: sql`sender_asks`,
        port: SERVICE_PORT,
        protocol: sql`protocol`,
        action: sql`action`,
      },
      allOf(touches(addr), passing(filters)),
    )}) AS directed
  ) AS oriented
  GROUP BY ours, peer, port, protocol, action, opened_by`,

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
