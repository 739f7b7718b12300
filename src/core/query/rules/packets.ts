import { PROTOCOLS_WITH_PORTS, protocolName } from '../../flow-log/protocols.ts';
import type { RuleTraffic } from '../../lake/network-rules.ts';
import type { PortRange } from '../../line/network-arguments.ts';
import type { RuledConversation } from './check.ts';

/** Packets in one direction of a conversation, as rules tell them apart. */
export interface Packets {
  readonly protocol: number;
  /** Destination ports; undefined for a protocol without ports. */
  readonly ports: PortRange | undefined;
  /** Undefined for every protocol but ICMP. */
  readonly icmpType: number | undefined;
}

const EVERY_PORT: PortRange = { from: 0, to: 65_535 };

/**
 * The ports that a client may take for itself: NAT gateways, load balancers and Lambda use all of them.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html#nacl-ephemeral-ports
 */
const EPHEMERAL_PORTS: PortRange = { from: 1024, to: 65_535 };

/** Types of ICMP and ICMPv6 messages: RFC 792 and RFC 4443. */
const ECHO: Readonly<Record<number, { readonly request: number; readonly reply: number }>> = {
  1: { request: 8, reply: 0 },
  58: { request: 128, reply: 129 },
};

function hasPorts(protocol: number): boolean {
  return PROTOCOLS_WITH_PORTS.includes(protocol);
}

/** What the client sends: to the service port, or to any where none is said. */
export function requestPackets({ protocol, port }: RuledConversation): Packets {
  const ports = port === undefined ? EVERY_PORT : { from: port, to: port };
  return { protocol, ports: hasPorts(protocol) ? ports : undefined, icmpType: ECHO[protocol]?.request };
}

/** What the server sends back: to the ports of the client. */
export function replyPackets({ protocol, clientPorts = EPHEMERAL_PORTS }: RuledConversation): Packets {
  return { protocol, ports: hasPorts(protocol) ? clientPorts : undefined, icmpType: ECHO[protocol]?.reply };
}

/** Some ports of packets, and the first rule that is about them; undefined where none is. */
export interface Part<R> {
  /** Undefined for a protocol without ports: then it is the only part. */
  readonly ports: PortRange | undefined;
  readonly rule: R | undefined;
}

/** Divides packets by the first rule that fits them, in the order of their ports. */
export function partsByRule<R extends { readonly traffic: RuleTraffic }>(
  packets: Packets,
  rules: readonly R[],
): readonly Part<R>[] {
  const fitting = rules.filter(({ traffic }) => isAbout(traffic, packets));
  const { ports } = packets;
  if (ports === undefined) return [{ ports, rule: fitting[0] }];
  const edges = [ports.from, ...fitting.flatMap(({ traffic }) => edgesOf(traffic, ports))];
  const first = [...new Set(edges)]
    .toSorted((a, b) => a - b)
    .map((from) => ({ from, rule: fitting.find(({ traffic }) => holdsPort(traffic.ports, from)) }));
  const changes = first.filter(({ rule }, index) => index === 0 || rule !== first[index - 1]?.rule);
  return changes.map(({ from, rule }, index) => ({
    ports: { from, to: (changes[index + 1]?.from ?? ports.to + 1) - 1 },
    rule,
  }));
}

/** Where the packets that a rule is about begin and end among the ports, so that between them nothing changes. */
function edgesOf({ ports }: RuleTraffic, within: PortRange): readonly number[] {
  if (ports === undefined) return [];
  return [ports.from, ports.to + 1].filter((edge) => edge > within.from && edge <= within.to);
}

function holdsPort(ports: PortRange | undefined, port: number): boolean {
  return ports === undefined || (ports.from <= port && port <= ports.to);
}

/** Whether a rule is about the protocol and the type of ICMP; an echo has the code 0. */
function isAbout({ protocol, icmp }: RuleTraffic, packets: Packets): boolean {
  if (protocol !== undefined && protocol !== packets.protocol) return false;
  return icmp === undefined || (icmp.type === packets.icmpType && (icmp.code ?? 0) === 0);
}

/** `tcp 5432`, `tcp 1024-65535`, `udp`, `icmp type 8`, `protocol 200`; of a rule also `all traffic`. */
export function showTraffic({
  protocol,
  ports,
  icmpType,
}: {
  readonly protocol: number | undefined;
  readonly ports: PortRange | undefined;
  readonly icmpType?: number | undefined;
}): string {
  if (protocol === undefined) return 'all traffic';
  const name = protocolName(protocol) ?? `protocol ${protocol}`;
  if (icmpType !== undefined) return `${name} type ${icmpType}`;
  const isEvery = ports === undefined || (ports.from === EVERY_PORT.from && ports.to === EVERY_PORT.to);
  return isEvery ? name : `${name} ${showPorts([ports])}`;
}

/** `5432`, `22, 1024-65535`. */
export function showPorts(ranges: readonly PortRange[]): string {
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
