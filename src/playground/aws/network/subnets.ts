/** A subnet of the sample network. */
export interface SampleSubnet {
  readonly name: string;
  readonly subnetId: string;
  readonly zoneId: string;
  readonly cidr: string;
  readonly ipv6Cidr: string;
  /** How its route table reaches the internet over IPv4; a data subnet does not. */
  readonly internet: 'gateway' | 'nat' | 'none';
}

function subnet(
  name: string,
  zoneId: string,
  third: number,
  internet: SampleSubnet['internet'],
): SampleSubnet {
  // The number shows in every address and id, so that a reader of raw records sees the subnet.
  const number = String(third).padStart(2, '0');
  return {
    name,
    subnetId: `subnet-0f10f10f10f1000${number}`,
    zoneId,
    cidr: `10.0.${third}.0/24`,
    ipv6Cidr: `2001:db8:f10:a${number}::/64`,
    internet,
  };
}

/** Three pairs of subnets over two zones. */
export const SUBNETS = {
  publicA: subnet('public-a', 'use1-az1', 1, 'gateway'),
  publicB: subnet('public-b', 'use1-az2', 2, 'gateway'),
  privateA: subnet('private-a', 'use1-az1', 11, 'nat'),
  privateB: subnet('private-b', 'use1-az2', 12, 'nat'),
  dataA: subnet('data-a', 'use1-az1', 21, 'none'),
  dataB: subnet('data-b', 'use1-az2', 22, 'none'),
} as const;
