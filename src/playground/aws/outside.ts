/** Consecutive addresses, as `prefix1`, `prefix2`, ... */
function addresses(prefix: string, first: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${first + index}`);
}

/** Addresses outside the sample network; those on the internet are from the ranges reserved for documentation. */
export const OUTSIDE = {
  clients: addresses('198.51.100.', 1, 60),
  clientsIpv6: addresses('2001:db8:c11e::', 1, 8),
  scanners: addresses('203.0.113.', 129, 50),
  scannerIpv6: '2001:db8:5ca::7',
  packageHosts: addresses('192.0.2.', 10, 3),
  timeServers: addresses('192.0.2.', 123, 2),
  /** Reached through a gateway endpoint, without the NAT gateway. */
  objectStore: '192.0.2.20',
  /** Reached through the VPN. */
  office: '172.16.5.20',
  portScanner: '198.51.100.177',
  passwordGuesser: '192.0.2.66',
  uploadTarget: '203.0.113.99',
} as const;

/** The AWS service that owns an address, as the pkt-*-aws-service fields write it. */
export function awsServiceOf(address: string): string | undefined {
  return address === OUTSIDE.objectStore ? 'S3' : undefined;
}
