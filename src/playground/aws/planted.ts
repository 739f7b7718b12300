import { HOSTS } from './network.ts';
import { OUTSIDE } from './outside.ts';

/** A fault or an oddity in the sample network, and how to find it. */
export interface Planted {
  /** What happened, in one sentence. */
  readonly summary: string;
  /** Who started the traffic; empty when it is not about traffic. */
  readonly clients: readonly string[];
  readonly server: string;
  /** Undefined when it is about many ports or none. */
  readonly port: number | undefined;
  /** Minutes from the anchor, which is the minute of the first start; negative is before. */
  readonly fromMinute: number;
  /** Exclusive; undefined when it still lasts. */
  readonly untilMinute: number | undefined;
  /** What a person would type to find it. */
  readonly line: string;
  /** What the records show, in words that can be checked. */
  readonly fact: string;
  /** The numbers that the traffic is made of and the fact is checked by. */
  readonly amounts: Readonly<Record<string, number>>;
}

const { app1, app2, web1, web2, db1, cache1, bastion, backup, batch1, monitoring } = HOSTS;

/** All that is planted. The traffic is made from this list alone. */
export const PLANTED = {
  deniedDatabase: {
    summary: 'After a deploy, the security group of db-1 rejects the connections of app-1 and app-2',
    clients: [app1.address, app2.address],
    server: db1.address,
    port: 5432,
    fromMinute: -40,
    untilMinute: undefined,
    line: `rejected ${db1.address} port=5432 last 1h`,
    fact: 'Before: accepted with data both ways. After: ACCEPT SYN-only leaving the apps, REJECT arriving at db-1, no reply',
    amounts: { attemptsPerMinute: 6 },
  },
  droppedReplies: {
    summary: 'A network ACL on the subnet of cache-1 drops its replies to web-2',
    clients: [web2.address],
    server: cache1.address,
    port: 6379,
    fromMinute: -25,
    untilMinute: undefined,
    line: `between ${web2.address} ${cache1.address} port=6379 last 1h`,
    fact: 'At cache-1 the request is ACCEPT arriving and the SYN-ACK is REJECT leaving; web-2 sees no reply; web-1 is served',
    amounts: { attemptsPerMinute: 4 },
  },
  silentPort: {
    summary: 'Nothing listens any more on port 9102 of batch-1, which monitoring scrapes',
    clients: [monitoring.address],
    server: batch1.address,
    port: 9102,
    fromMinute: -20,
    untilMinute: undefined,
    line: `between ${monitoring.address} ${batch1.address} port=9102 last 1h`,
    fact: 'One SYN and one RST back per attempt, ACCEPT at both interfaces',
    amounts: { attemptsPerMinute: 4 },
  },
  portScan: {
    summary: 'One address on the internet tries hundreds of ports of bastion',
    clients: [OUTSIDE.portScanner],
    server: bastion.address,
    port: undefined,
    fromMinute: -35,
    untilMinute: -32,
    line: `ports ${bastion.address} action=reject last 1h`,
    fact: '360 different ports within 3 minutes, one packet each, all REJECT',
    amounts: { ports: 360 },
  },
  passwordGuessing: {
    summary: 'One address on the internet guesses ssh passwords at bastion',
    clients: [OUTSIDE.passwordGuesser],
    server: bastion.address,
    port: 22,
    fromMinute: -35,
    untilMinute: -5,
    line: `to ${bastion.address} port=22 last 1h`,
    fact: '360 short accepted connections in 30 minutes, each opened and closed within its minute',
    amounts: { attemptsPerMinute: 12 },
  },
  upload: {
    summary: 'backup sends 5 GB to one address on the internet through the NAT gateway',
    clients: [backup.address],
    server: OUTSIDE.uploadTarget,
    port: 443,
    fromMinute: -30,
    untilMinute: -10,
    line: 'top-talkers last 1h',
    fact: '5,000,000,000 bytes at the interface of backup, and the same again twice at the NAT gateway, once under its address',
    amounts: { bytes: 5_000_000_000, connections: 4 },
  },
  report: {
    summary:
      'batch-1 reads its report from db-1: harmless, and smaller than the upload unless both copies are counted',
    clients: [batch1.address],
    server: db1.address,
    port: 5432,
    fromMinute: -32,
    untilMinute: -12,
    line: 'top-talkers last 1h',
    fact: '3,600,000,000 bytes from db-1 to batch-1 at each of two interfaces: added per srcaddr and dstaddr, 7.2 GB and more than the upload',
    amounts: { bytes: 3_600_000_000, connections: 3 },
  },
  skippedRecords: {
    summary: 'AWS skipped the records of web-1',
    clients: [],
    server: web1.address,
    port: undefined,
    fromMinute: -24,
    untilMinute: -20,
    line: `to ${web1.address} last 1h`,
    fact: 'Four SKIPDATA records and nothing else from the interface of web-1; its neighbours recorded their side',
    amounts: { records: 4 },
  },
} as const satisfies Record<string, Planted>;

/** Whether it goes on in a minute, counted from the anchor. */
export function isGoingOn(planted: Planted, anchorOffset: number): boolean {
  const ended = planted.untilMinute !== undefined && anchorOffset >= planted.untilMinute;
  return anchorOffset >= planted.fromMinute && !ended;
}
