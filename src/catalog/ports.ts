import { address } from '../core/args/address.ts';
import { option } from '../core/args/option.ts';
import { required } from '../core/args/required.ts';
import { whole } from '../core/args/whole.ts';
import * as column from '../core/columns/kinds.ts';
import { sentTo } from '../core/flow-sql/address-match.ts';
import { atOneVantage } from '../core/flow-sql/at-one-vantage.ts';
import { distinct } from '../core/flow-sql/distinct.ts';
import { FILTER_ARGS } from '../core/flow-sql/filter-args.ts';
import { passing } from '../core/flow-sql/filters.ts';
import { SUMMED_UP } from '../core/flow-sql/summed-up.ts';
import { defineQuery } from '../core/query.ts';
import { columnsNamed } from '../core/selection/columns-named.ts';
import { allOf } from '../core/sql/conditions.ts';
import { sql } from '../core/sql/sql.ts';

const PORTS = ['port', 'ports'] as const;

export const ports = defineQuery({
  name: 'ports',
  summary: 'On which ports an address was called, and by how many',
  about:
    'Only requests to the address count; replies to connections that it opened itself do not. An accepted packet ' +
    'passed the security groups and network ACLs: it does not prove that something listened.',
  args: { addr: required(address()), ...FILTER_ARGS, top: option(whole(1, 1000)) },
  columns: {
    destination: column.address('Address'),
    port: column.port(),
    protocol: column.protocol(),
    action: column.action(),
    peers: column.count('Peers'),
    bytes: column.bytes(),
    packets: column.count('Packets'),
    records: column.count('Records'),
    first_seen: column.moment('First seen'),
    last_seen: column.moment('Last seen'),
  },
  order: ['records desc', 'peers desc', 'destination', 'port', 'protocol', 'action'],

  sql: ({ addr, ...filters }) => ({
    from: atOneVantage(
      { ...columnsNamed('source', 'destination', 'protocol', 'action'), port: sql`dstport` },
      allOf(sentTo(addr), sql`sender_asks`, passing(filters)),
    ),
    groupBy: columnsNamed('destination', 'port', 'protocol', 'action'),
    select: { peers: sql`count(*)`, ...SUMMED_UP },
  }),

  headline: (rows, { addr }, more) => {
    const on = (verdict: string) =>
      new Set(rows.flatMap(({ action, port }) => (action === verdict ? [port] : [])));
    const [accepted, rejected] = [on('ACCEPT'), on('REJECT')];
    // The sender's interface may let go what the receiver's refuses: such a port is not one that accepted.
    const told = (whether: (port: number | null) => boolean, what: string) => {
      const ports = rows.filter(({ port }) => whether(port));
      return ports.length > 0 && `${distinct(ports, 'port', PORTS, more)} that ${what}`;
    };
    const parts = [
      told((port) => accepted.has(port) && !rejected.has(port), 'accepted'),
      told((port) => rejected.has(port) && !accepted.has(port), 'rejected'),
      told((port) => accepted.has(port) && rejected.has(port), 'did both'),
    ];
    return `${addr.text} was called on ${parts.filter((part) => part !== false).join(' and ')}.`;
  },
  subject: ({ addr }) => `traffic calling ${addr.text}`,
  followUps: ([first], { addr }) => [
    ...(first === undefined || first.port === null ? [] : [callers(addr.text, first.port)]),
    { label: 'Only rejected', line: `ports ${addr.text} action=reject` },
    { label: 'Who talked to it', line: `to ${addr.text}` },
  ],
});

function callers(addr: string, port: number) {
  return { label: `Who called port ${port}`, line: `to ${addr} port=${port}` };
}
