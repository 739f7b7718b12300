import { HOSTS } from '../network/hosts.ts';
import type { SampleInterface } from '../network/sample-interface.ts';
import { createRandom } from '../random.ts';
import type { Insider, Outsider } from './exchange.ts';
import type { Sighting } from './flow-record.ts';
import { TRAFFIC_PATHS } from './traffic-paths.ts';

const NAT = HOSTS.nat1;

/** The addresses and ports of packets, as one interface shows them. */
type Labels = Omit<Sighting, 'host' | 'direction' | 'action' | 'trafficPath'>;

/**
 * What is recorded of packets that leave through the NAT gateway: at the instance, then twice at the gateway,
 * whose first record names the gateway and keeps the real destination in pkt-dstaddr.
 */
export function sightingsOutThroughNat(from: Insider, to: Outsider): readonly Sighting[] {
  const real = { srcport: from.port, dstport: to.port, pktSrcaddr: from.address, pktDstaddr: to.address };
  const translated = { ...real, srcport: natPort(from), pktSrcaddr: NAT.address };
  return [
    leaving(from.host, TRAFFIC_PATHS.sameVpc, { ...real, srcaddr: from.host.address, dstaddr: to.address }),
    arriving(NAT, { ...real, srcaddr: from.address, dstaddr: NAT.address }),
    leaving(NAT, TRAFFIC_PATHS.internet, { ...translated, srcaddr: NAT.address, dstaddr: to.address }),
  ];
}

/** The same of the packets that come back: the gateway's second record keeps the real source in pkt-srcaddr. */
export function sightingsBackThroughNat(from: Outsider, to: Insider): readonly Sighting[] {
  const real = { srcport: from.port, dstport: to.port, pktSrcaddr: from.address, pktDstaddr: to.address };
  const translated = { ...real, dstport: natPort(to), pktDstaddr: NAT.address };
  return [
    arriving(NAT, { ...translated, srcaddr: from.address, dstaddr: NAT.address }),
    leaving(NAT, TRAFFIC_PATHS.sameVpc, { ...real, srcaddr: NAT.address, dstaddr: to.address }),
    arriving(to.host, { ...real, srcaddr: from.address, dstaddr: to.host.address }),
  ];
}

function leaving(host: SampleInterface, trafficPath: number, labels: Labels): Sighting {
  return { ...labels, host, direction: 'egress', action: 'ACCEPT', trafficPath };
}

function arriving(host: SampleInterface, labels: Labels): Sighting {
  return { ...labels, host, direction: 'ingress', action: 'ACCEPT', trafficPath: undefined };
}

/** The gateway's own port for a connection, the same as long as the connection lasts; it uses 1024 to 65535. */
function natPort(client: Insider): number {
  return createRandom('nat', client.address, client.port).whole(1024, 65535);
}
