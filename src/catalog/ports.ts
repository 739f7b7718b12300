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
import { passing, sentTo } from '../core/query/filters.ts';
import { anAddress, phrase } from '../core/query/finding.ts';
import { DESTINATION_PORT, flow, flowColumns } from '../core/query/flow-columns.ts';
import { atOneVantage, SUMMED_UP } from '../core/query/measures.ts';
import { defineQuery } from '../core/query/query.ts';
import { columnsNamed } from '../core/query/selection.ts';
import { allOf, sql } from '../core/sql/sql.ts';
import { plural } from '../core/wording.ts';

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
    action: actionColumn(),
    peers: countColumn('Peers'),
    bytes: bytesColumn(),
    packets: optionalCountColumn('Packets'),
    records: countColumn('Records'),
    first_seen: momentColumn('First seen'),
    last_seen: momentColumn('Last seen'),
    opened_by: textColumn('Opened by'),
  },
  foremost: ['port', 'action', 'peers', 'first_seen', 'last_seen', 'records'],
  order: ['records desc', 'peers desc', 'destination', 'port', 'protocol', 'action', 'opened_by'],

  sql: ({ addr, ...filters }) => ({
    from: atOneVantage(
      {
        ...flowColumns('source', 'destination', 'protocol', 'action'),
        port: DESTINATION_PORT,
        opened_by: sql`if(${flow.sender_asks}, 'peer', 'unknown')`,
      },
      // Only what is known to be a reply stays out.
      allOf(sentTo(addr), sql`coalesce(${flow.sender_asks}, TRUE)`, passing(filters)),
    ),
    groupBy: columnsNamed('destination', 'port', 'protocol', 'action', 'opened_by'),
    select: { peers: sql`count(*)`, ...SUMMED_UP },
  }),

  totals: {
    all: { distinct: 'port' },
    accepted: { distinct: 'port', where: sql`action = 'ACCEPT'` },
    rejected: { distinct: 'port', where: sql`action = 'REJECT'` },
    unknown: { where: sql`opened_by = 'unknown'` },
  },
  finding: (_, { addr }, { totals, least }) => {
    // The sender's interface may accept what the receiver's rejects: then the port did not accept it.
    const both = totals.accepted + totals.rejected - totals.all;
    const parts = [
      onPorts(totals.accepted - both, 'accepted', least),
      onPorts(totals.rejected - both, 'rejected', least),
      onPorts(both, 'had packets accepted and packets rejected', least),
    ].filter((part) => part !== false);
    const where = parts.length === 0 ? 'without a port, as by ICMP' : `on ${parts.join(' and ')}`;
    const unsure = totals.unknown > 0 ? ', as far as is known who called whom' : '';
    return phrase`${anAddress(addr.text)} was called ${where}${unsure}.`;
  },
  subject: ({ addr }) => phrase`traffic calling ${anAddress(addr.text)}`,
  followUps: ([first], { addr }) => [
    ...(first === undefined || first.port === null ? [] : [callers(addr.text, first.port)]),
    { label: 'Only rejected', line: `ports ${addr.text} action=reject` },
    { label: 'Who sends to it', line: `to ${addr.text}` },
  ],
});

function onPorts(amount: number, what: string, least: string): string | false {
  return amount > 0 && `${least}${plural(amount, 'port')} that ${what}`;
}

function callers(addr: string, port: number) {
  return { label: `Who called port ${port}`, line: `to ${addr} port=${port}` };
}
