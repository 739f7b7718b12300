import { type Exchange, inside, outside } from '../exchange/exchange.ts';
import { openings, TCP_FLAGS } from '../exchange/packets.ts';
import { HOSTS } from '../network/hosts.ts';
import { OUTSIDE } from '../network/outside.ts';
import type { Random } from '../random.ts';
import type { Moment } from './moment.ts';
import { clientPort } from './ports.ts';
import { briefly } from './times.ts';

const REACHABLE = [HOSTS.bastion, HOSTS.albA, HOSTS.albB];

type Probe = Pick<Exchange, 'protocol'> & { readonly port: number };

/** What the internet tries everywhere: telnet, remote desktop, databases, SIP, and a ping (ICMP has no ports). */
const PROBES: readonly Probe[] = [
  ...[23, 445, 1433, 2323, 3306, 3389, 5900, 6379, 8443, 27017].map((port): Probe => ({ protocol: 6, port })),
  { protocol: 17, port: 161 },
  { protocol: 17, port: 5060 },
  { protocol: 1, port: 0 },
];

/** The noise of the internet: single packets to closed ports, which security groups reject. */
export function scannerTraffic(moment: Moment): readonly Exchange[] {
  const probes = moment.random('probes').whole(6, 14);
  const overIpv4 = Array.from({ length: probes }, (_, index) => probe(moment, moment.random('probe', index)));
  return moment.minute % 10 === 0 ? [...overIpv4, probeOverIpv6(moment)] : overIpv4;
}

function probe(moment: Moment, random: Random): Exchange {
  const { protocol, port } = random.pick(PROBES);
  const sourcePort = protocol === 1 ? 0 : clientPort(random);
  return {
    client: outside(random.pick(OUTSIDE.scanners), sourcePort),
    server: inside(random.pick(REACHABLE), port),
    protocol,
    request: openings(random.whole(1, 2), protocol === 6 ? TCP_FLAGS.syn : TCP_FLAGS.none),
    reply: undefined,
    ...briefly(moment, random),
    denied: 'request',
  };
}

function probeOverIpv6(moment: Moment): Exchange {
  const random = moment.random('probe-ipv6');
  return {
    client: outside(OUTSIDE.scannerIpv6, clientPort(random)),
    server: inside(HOSTS.bastion, 22, HOSTS.bastion.ipv6Addresses[0]),
    protocol: 6,
    request: openings(1, TCP_FLAGS.syn),
    reply: undefined,
    ...briefly(moment, random),
    denied: 'request',
  };
}
