import { HOSTS } from '../network.ts';
import { OUTSIDE } from '../outside.ts';
import type { Random } from '../random.ts';
import { chatter, type Exchange, inside, openings, outside, TCP_FLAGS } from './exchange.ts';
import { briefly, clientPort, type Moment } from './moment.ts';

const BALANCERS = [HOSTS.albA, HOSTS.albB];
/** One visitor in this many comes over IPv6. */
const IPV6_SHARE = 1 / 12;

/** Visitors of the shop: short connections from the internet to the load balancer. */
export function visitorTraffic(moment: Moment): readonly Exchange[] {
  // Enough for a busy small shop; more would only make the files larger.
  const visits = moment.random('visits').whole(24, 36);
  return Array.from({ length: visits }, (_, index) => visit(moment, index));
}

function visit(moment: Moment, index: number): Exchange {
  const random = moment.random('visit', index);
  const balancer = random.pick(BALANCERS);
  const ipv6 = random.chance(IPV6_SHARE) ? balancer.ipv6Addresses[0] : undefined;
  const visitor = random.pick(ipv6 === undefined ? OUTSIDE.clients : OUTSIDE.clientsIpv6);
  return {
    client: outside(visitor, clientPort(random)),
    server: inside(balancer, 443, ipv6),
    protocol: 6,
    request: chatter(random.whole(1_200, 6_000), TCP_FLAGS.syn | TCP_FLAGS.fin),
    reply: chatter(random.whole(6_000, 180_000), TCP_FLAGS.synAck | TCP_FLAGS.fin),
    ...briefly(moment, random),
    denied: undefined,
  };
}

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
