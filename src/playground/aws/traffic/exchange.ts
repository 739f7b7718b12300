import type { SampleInterface } from '../network.ts';

/** How the sample network reaches an address outside. */
export type OutsideRoute = 'internet' | 'gateway-endpoint' | 'vpn';

/** An end with an interface in the sample network. */
export interface Insider {
  readonly place: 'inside';
  readonly host: SampleInterface;
  /** The packet's real address: the interface's primary, a secondary or an IPv6 one. */
  readonly address: string;
  readonly port: number;
}

/** An end elsewhere, of which only the address is known. */
export interface Outsider {
  readonly place: 'outside';
  readonly route: OutsideRoute;
  readonly address: string;
  readonly port: number;
}

/** One end of an exchange. */
export type Party = Insider | Outsider;

/** What went one way within a minute. */
export interface SentPackets {
  readonly packets: number;
  readonly bytes: number;
  /** FIN 1, SYN 2, RST 4, SYN-ACK 18, all that were seen; an ACK alone does not count. */
  readonly tcpFlags: number;
}

/** What two parties sent each other within one minute, before any interface recorded it. */
export interface Exchange {
  readonly client: Party;
  readonly server: Party;
  /** IANA number: 1 ICMP, 6 TCP, 17 UDP. */
  readonly protocol: 1 | 6 | 17;
  readonly request: SentPackets;
  readonly reply: SentPackets | undefined;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Which one was stopped at the server's interface; a security group stops requests, a network ACL can stop replies. */
  readonly denied: 'request' | 'reply' | undefined;
}

/** A party with an interface in the sample network. */
export function inside(host: SampleInterface, port: number, address: string = host.address): Insider {
  return { place: 'inside', host, address, port };
}

/** A party elsewhere. */
export function outside(address: string, port: number, route: OutsideRoute = 'internet'): Outsider {
  return { place: 'outside', route, address, port };
}

/** Bits of tcp-flags as flow logs use them. */
export const TCP_FLAGS = { none: 0, fin: 1, syn: 2, rst: 4, synAck: 18 } as const;

/** A packet that opens a connection: 20 bytes IP, 20 bytes TCP, 20 bytes options. */
const OPENING_PACKET_BYTES = 60;
const FULL_PACKET_BYTES = 1500;
/** An acknowledgement: headers and a timestamp option. */
const ACKNOWLEDGEMENT_BYTES = 52;
/** Request and reply traffic mixes full packets with acknowledgements. */
const MEAN_PACKET_BYTES = 600;

/** Ordinary traffic of so many bytes. */
export function chatter(bytes: number, tcpFlags: number): SentPackets {
  return { packets: Math.ceil(bytes / MEAN_PACKET_BYTES), bytes, tcpFlags };
}

/** A large transfer in full packets. */
export function bulk(bytes: number, tcpFlags: number): SentPackets {
  return { packets: Math.ceil(bytes / FULL_PACKET_BYTES), bytes, tcpFlags };
}

/** What the receiver of a large transfer sends back: an acknowledgement for every second packet. */
export function acknowledgements(of: SentPackets, tcpFlags: number): SentPackets {
  const packets = Math.ceil(of.packets / 2);
  return { packets, bytes: packets * ACKNOWLEDGEMENT_BYTES, tcpFlags };
}

/** Packets without data that only open: a SYN or SYN-ACK, sent again until it is answered. */
export function openings(packets: number, tcpFlags: number): SentPackets {
  return { packets, bytes: packets * OPENING_PACKET_BYTES, tcpFlags };
}
