import { option, optional } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import {
  actionColumn,
  addressColumn,
  bytesColumn,
  interfaceColumn,
  momentColumn,
  optionalCountColumn,
  portColumn,
  protocolColumn,
} from '../core/query/columns.ts';
import { passing, sentBy, sentTo, touches } from '../core/query/filters.ts';
import { anAddress, capitalised, type Phrase, phrase } from '../core/query/finding.ts';
import { DESTINATION_PORT, flowColumns, SOURCE_PORT } from '../core/query/flow-columns.ts';
import { defineQuery } from '../core/query/query.ts';
import { allOf } from '../core/sql/sql.ts';
import { plural } from '../core/wording.ts';

export const records = defineQuery({
  name: 'records',
  summary: 'The records themselves, newest first',
  about:
    'One row per record as AWS wrote it, at every interface that saw the traffic: the same packets may be in ' +
    'several rows. Flags are the sum of FIN 1, SYN 2, RST 4 and SYN-ACK 18 over the interval.',
  args: {
    addr: optional(address()),
    src: option(address()),
    dst: option(address()),
    ...FILTER_ARGS,
    top: option(whole(1, 1000)),
  },
  columns: {
    end_seconds: momentColumn('Last packet'),
    srcaddr: addressColumn('Source'),
    srcport: portColumn('Port'),
    dstaddr: addressColumn('Destination'),
    dstport: portColumn('Port'),
    protocol: protocolColumn(),
    action: actionColumn(),
    packets: optionalCountColumn('Packets'),
    bytes: bytesColumn(),
    tcp_flags: optionalCountColumn('Flags'),
    interface_id: interfaceColumn(),
    start_seconds: momentColumn('First packet'),
    pkt_srcaddr: addressColumn('Packet source'),
    pkt_dstaddr: addressColumn('Packet destination'),
  },
  foremost: ['end_seconds', 'srcaddr', 'dstaddr', 'dstport', 'action', 'bytes'],
  order: [
    'end_seconds desc',
    'start_seconds desc',
    'interface_id',
    'srcaddr',
    'srcport',
    'dstaddr',
    'dstport',
    'protocol',
    'action',
    'packets desc',
    'bytes desc',
    'tcp_flags',
    'pkt_srcaddr',
    'pkt_dstaddr',
  ],

  sql: ({ addr, src, dst, ...filters }) => ({
    from: 'flows',
    where: allOf(
      addr !== undefined && touches(addr),
      src !== undefined && sentBy(src),
      dst !== undefined && sentTo(dst),
      passing(filters),
    ),
    select: {
      ...flowColumns('end_seconds', 'srcaddr', 'dstaddr', 'protocol', 'action', 'packets', 'bytes'),
      ...flowColumns('tcp_flags', 'interface_id', 'start_seconds', 'pkt_srcaddr', 'pkt_dstaddr'),
      srcport: SOURCE_PORT,
      dstport: DESTINATION_PORT,
    },
  }),

  finding: (rows, args, { shown, more, least }) => {
    if (more)
      return phrase`The newest ${shown === 1 ? 'record' : `${shown} records`} of ${askedWords(args)}; there are more.`;
    const rejected = rows.filter(({ action }) => action === 'REJECT').length;
    const share = rejected === 0 ? 'none of them rejected' : `${least}${rejected} of them rejected`;
    const amount = `${least}${plural(rows.length, 'record')}`;
    return capitalised(phrase`${amount} of ${askedWords(args)}, ${share}.`);
  },
  subject: askedWords,
  followUps: (_, { addr, src, dst }) => {
    const about = dst ?? addr ?? src;
    if (about === undefined) return [{ label: 'Top talkers', line: 'top-talkers' }];
    return [
      { label: 'Only rejected', line: `records ${about.text} action=reject` },
      { label: `Summary of ${about.text}`, line: `traffic ${about.text}` },
    ];
  },
});

interface AskedAddresses {
  readonly addr?: { readonly text: string } | undefined;
  readonly src?: { readonly text: string } | undefined;
  readonly dst?: { readonly text: string } | undefined;
}

function askedWords({ addr, src, dst }: AskedAddresses): Phrase {
  const of = addr === undefined ? '' : phrase` of ${anAddress(addr.text)}`;
  const from = src === undefined ? '' : phrase` from ${anAddress(src.text)}`;
  const to = dst === undefined ? '' : phrase` to ${anAddress(dst.text)}`;
  return phrase`traffic${of}${from}${to}`;
}
