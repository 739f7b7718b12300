/** IANA's protocol numbers that flow logs of a VPC show, by the name that flowlog writes. */
const NUMBERS: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  egp: 8,
  udp: 17,
  ipv6: 41,
  rsvp: 46,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  eigrp: 88,
  ospf: 89,
  etherip: 97,
  pim: 103,
  vrrp: 112,
  l2tp: 115,
  sctp: 132,
  udplite: 136,
};

/** Other spellings, IANA's own among them. */
const ALIASES: Readonly<Record<string, string>> = {
  'ipv6-icmp': 'icmpv6',
  icmp6: 'icmpv6',
  ipv4: 'ipip',
  ospfigp: 'ospf',
  'udp-lite': 'udplite',
};

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(NUMBERS).map(([name, number]) => [number, name]),
);

/** IANA's numbers of the protocols whose packets carry ports: TCP, UDP, DCCP, SCTP and UDP-Lite. */
export const PROTOCOLS_WITH_PORTS: readonly number[] = [6, 17, 33, 132, 136];

/** The protocol names that are understood, without other spellings. */
export const PROTOCOL_NAMES: readonly string[] = Object.keys(NUMBERS);

/** The number of a protocol by name, in any case; undefined for an unknown name. */
export function protocolNumber(name: string): number | undefined {
  const typed = name.toLowerCase();
  const known = Object.hasOwn(ALIASES, typed) ? (ALIASES[typed] ?? typed) : typed;
  return Object.hasOwn(NUMBERS, known) ? NUMBERS[known] : undefined;
}

/** The name of a protocol number; undefined for one that has no name here. */
export function protocolName(number: number): string | undefined {
  return NAMES.get(number);
}
