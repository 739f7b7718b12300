import ipaddr from 'ipaddr.js';

/** An address or a block of addresses, canonical: IPv4 in four decimal parts, IPv6 by RFC 5952, host bits cleared. */
export interface AddressRange {
  readonly family: 4 | 6;
  /** `10.0.1.5`, `10.0.0.0/8`, `2001:db8::1`, `2001:db8::/32`. */
  readonly text: string;
  /** Whether the range is one address rather than a block. */
  readonly single: boolean;
}

/**
 * How addresses are compared with the range: IPv4 as text. IPv6 has many spellings of one address, so that even a single
 * one is compared as a block, by value.
 */
export function comparedText({ family, text, single }: AddressRange): string {
  return family === 6 && single ? `${text}/128` : text;
}

/** Whether the value of an argument is an address or a block. */
export function isAddressRange(value: unknown): value is AddressRange {
  return typeof value === 'object' && value !== null && 'family' in value && 'single' in value;
}

/** The bytes of an IPv4 address in four decimal parts or of an IPv6 address without a zone; undefined for any other word. */
export function addressBytes(host: string): readonly number[] | undefined {
  // What cannot be one is not shown to ipaddr.js, which throws and catches within: too slow for a line full of words.
  if (/^\d[\d.]*$/.test(host)) {
    const isFour = ipaddr.IPv4.isValidFourPartDecimal(host);
    return isFour ? ipaddr.IPv4.parse(host).toByteArray() : undefined;
  }
  const plain = /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(host) ? withoutDots(host) : undefined;
  if (plain === undefined || !ipaddr.IPv6.isValid(plain)) return undefined;
  return ipaddr.IPv6.parse(plain).toByteArray();
}

/** Whether a block holds an address; never one of the other family, and no block at all holds none. */
export function blockHolds(block: string, address: string): boolean {
  if (!ipaddr.isValidCIDR(block)) return false;
  const [base = '', bits] = block.split('/');
  const [range, one] = [parsedAddress(base), parsedAddress(address)];
  if (one instanceof ipaddr.IPv4) return range instanceof ipaddr.IPv4 && one.match(range, Number(bits));
  return range instanceof ipaddr.IPv6 && one.match(range, Number(bits));
}

/** How many bits of a block its addresses share: 24 of `10.0.1.0/24`. */
export function prefixBits(block: string): number {
  return ipaddr.parseCIDR(block)[1];
}

/** What ipaddr.js calls the ranges that no router of the internet carries. */
const NOT_ON_THE_INTERNET = ['private', 'uniqueLocal', 'carrierGradeNat', 'linkLocal', 'loopback'];

/** Whether an address is one that networks use inside: RFC 1918, RFC 4193, RFC 6598 and those of a single link. */
export function isInternal(address: string): boolean {
  return NOT_ON_THE_INTERNET.includes(parsedAddress(address).range());
}

/** Whether an address is one of a network on the internet, not one that is kept for a special purpose or for documentation. */
export function isOnTheInternet(address: string): boolean {
  return parsedAddress(address).range() === 'unicast';
}

/** An address as ipaddr.js has it. @throws Error for any other word. */
export function parsedAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 {
  return ipaddr.parse(address.includes(':') ? (withoutDots(address) ?? address) : address);
}

/** Writes the IPv4 tail of an IPv6 address as two groups: ipaddr.js takes `::1.2.3.4` for `::ffff:1.2.3.4`. */
function withoutDots(host: string): string | undefined {
  if (!host.includes('.')) return host;
  const start = host.lastIndexOf(':') + 1;
  const tail = host.slice(start);
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(tail).toByteArray();
  return `${host.slice(0, start)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
