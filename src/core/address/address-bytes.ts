import ipaddr from 'ipaddr.js';

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

/** Writes the IPv4 tail of an IPv6 address as two groups: ipaddr.js takes `::1.2.3.4` for `::ffff:1.2.3.4`. */
function withoutDots(host: string): string | undefined {
  if (!host.includes('.')) return host;
  const start = host.lastIndexOf(':') + 1;
  const tail = host.slice(start);
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(tail).toByteArray();
  return `${host.slice(0, start)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
