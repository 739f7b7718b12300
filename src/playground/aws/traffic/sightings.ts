import { HOSTS, type SampleInterface } from '../network.ts';
import { createRandom } from '../random.ts';
import type { Exchange, Insider, OutsideRoute, Outsider, Party, SentPackets } from './exchange.ts';
import { type FlowRecord, flowRecord, type PassingPackets } from './flow-record.ts';

/** Numbers of traffic-path that the sample network has: Nitro's own for internet gateway and gateway endpoint. */
const TRAFFIC_PATHS = { sameVpc: 1, vpn: 3, gatewayEndpoint: 7, internet: 8 } as const;

const PATH_OF_ROUTE: Readonly<Record<OutsideRoute, number>> = {
  internet: TRAFFIC_PATHS.internet,
  'gateway-endpoint': TRAFFIC_PATHS.gatewayEndpoint,
  vpn: TRAFFIC_PATHS.vpn,
};

/** Where the packets of one direction were stopped, if they were. */
type Stop = 'leaving' | 'arriving' | undefined;

/** Every record of an exchange: each interface that its packets passed writes its own. */
export function flowRecords(exchange: Exchange): readonly FlowRecord[] {
  const { client, server, request, reply, denied } = exchange;
  const written = (seen: readonly PassingPackets[], packets: SentPackets): readonly FlowRecord[] =>
    seen.map((sighting) => flowRecord(sighting, packets, exchange));
  const there = written(sightings(client, server, denied === 'request' ? 'arriving' : undefined), request);
  if (reply === undefined) return there;
  return [...there, ...written(sightings(server, client, denied === 'reply' ? 'leaving' : undefined), reply)];
}

function sightings(from: Party, to: Party, stop: Stop): readonly PassingPackets[] {
  if (from.place === 'inside' && to.place === 'outside' && usesNat(from, to))
    return sightingsOutThroughNat(from, to);
  if (from.place === 'outside' && to.place === 'inside' && usesNat(to, from))
    return sightingsBackThroughNat(from, to);
  const seen: PassingPackets[] = [];
  if (from.place === 'inside') seen.push(leaving(from, to, stop));
  if (to.place === 'inside' && stop !== 'leaving') seen.push(arriving(from, to, stop));
  return seen;
}

function usesNat(insider: Insider, outsider: Outsider): boolean {
  return outsider.route === 'internet' && insider.host.subnet.internet === 'nat';
}

function leaving(from: Insider, to: Party, stop: Stop): PassingPackets {
  const path = to.place === 'inside' ? TRAFFIC_PATHS.sameVpc : PATH_OF_ROUTE[to.route];
  const stopped = stop === 'leaving';
  return {
    host: from.host,
    direction: 'egress',
    srcaddr: shownAddress(from),
    dstaddr: to.address,
    srcport: from.port,
    dstport: to.port,
    pktSrcaddr: from.address,
    pktDstaddr: to.address,
    action: stopped ? 'REJECT' : 'ACCEPT',
    trafficPath: stopped ? undefined : path,
  };
}

function arriving(from: Party, to: Insider, stop: Stop): PassingPackets {
  return {
    host: to.host,
    direction: 'ingress',
    srcaddr: from.address,
    dstaddr: shownAddress(to),
    srcport: from.port,
    dstport: to.port,
    pktSrcaddr: from.address,
    pktDstaddr: to.address,
    action: stop === 'arriving' ? 'REJECT' : 'ACCEPT',
    trafficPath: undefined,
  };
}

/** An interface shows its primary IPv4 address in place of a secondary one; IPv6 addresses it shows as they are. */
function shownAddress(party: Insider): string {
  return party.address.includes(':') ? party.address : party.host.address;
}

const NAT = HOSTS.nat1;

/** The addresses and ports of packets, as one interface shows them. */
type Labels = Omit<PassingPackets, 'host' | 'direction' | 'action' | 'trafficPath'>;

/**
 * What is recorded of packets that leave through the NAT gateway: at the instance, then twice at the gateway,
 * whose first record names the gateway and keeps the real destination in pkt-dstaddr.
 */
function sightingsOutThroughNat(from: Insider, to: Outsider): readonly PassingPackets[] {
  const real = { srcport: from.port, dstport: to.port, pktSrcaddr: from.address, pktDstaddr: to.address };
  const translated = { ...real, srcport: natPort(from), pktSrcaddr: NAT.address };
  return [
    sightedLeaving(from.host, TRAFFIC_PATHS.sameVpc, {
      ...real,
      srcaddr: from.host.address,
      dstaddr: to.address,
    }),
    sightedArriving(NAT, { ...real, srcaddr: from.address, dstaddr: NAT.address }),
    sightedLeaving(NAT, TRAFFIC_PATHS.internet, { ...translated, srcaddr: NAT.address, dstaddr: to.address }),
  ];
}

/** What is recorded of packets that come back through it: the gateway's second record keeps the real source in pkt-srcaddr. */
function sightingsBackThroughNat(from: Outsider, to: Insider): readonly PassingPackets[] {
  const real = { srcport: from.port, dstport: to.port, pktSrcaddr: from.address, pktDstaddr: to.address };
  const translated = { ...real, dstport: natPort(to), pktDstaddr: NAT.address };
  return [
    sightedArriving(NAT, { ...translated, srcaddr: from.address, dstaddr: NAT.address }),
    sightedLeaving(NAT, TRAFFIC_PATHS.sameVpc, { ...real, srcaddr: NAT.address, dstaddr: to.address }),
    sightedArriving(to.host, { ...real, srcaddr: from.address, dstaddr: to.host.address }),
  ];
}

function sightedLeaving(host: SampleInterface, trafficPath: number, labels: Labels): PassingPackets {
  return { ...labels, host, direction: 'egress', action: 'ACCEPT', trafficPath };
}

function sightedArriving(host: SampleInterface, labels: Labels): PassingPackets {
  return { ...labels, host, direction: 'ingress', action: 'ACCEPT', trafficPath: undefined };
}

/** The gateway's own port for a connection, the same as long as the connection lasts; it uses 1024 to 65535. */
function natPort(client: Insider): number {
  return createRandom('nat', client.address, client.port).whole(1024, 65535);
}
