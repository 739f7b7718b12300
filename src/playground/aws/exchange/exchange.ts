import type { SampleInterface } from '../network/sample-interface.ts';

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
export interface Packets {
  readonly packets: number;
  readonly bytes: number;
  /** FIN 1, SYN 2, RST 4, SYN-ACK 18, all that were seen; an ACK alone does not count. */
  readonly tcpFlags: number;
}

/** What two parties said to each other within one minute, before any interface recorded it. */
export interface Exchange {
  readonly client: Party;
  readonly server: Party;
  /** IANA number: 1 ICMP, 6 TCP, 17 UDP. */
  readonly protocol: 1 | 6 | 17;
  readonly request: Packets;
  readonly reply: Packets | undefined;
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
