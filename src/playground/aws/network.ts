/** The sample network: one VPC with everything that has a name in it. */
interface SampleNetwork {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly ipv6Cidr: string;
  /** The flow log on the VPC; it also marks the files that the sample wrote. */
  readonly flowLogId: string;
  readonly aggregationSeconds: number;
  readonly subnets: readonly SampleSubnet[];
  readonly interfaces: readonly SampleInterface[];
}

/** What a network interface belongs to. */
type SampleKind = 'instance' | 'database' | 'load-balancer' | 'nat-gateway';

/** A security group of the sample network. */
export interface SampleSecurityGroup {
  readonly groupId: string;
  readonly name: string;
}

/** A network interface of the sample network, with the name that people know it by. */
export interface SampleInterface {
  readonly name: string;
  readonly kind: SampleKind;
  readonly interfaceId: string;
  /** Undefined for interfaces that AWS manages; their records say `-`. */
  readonly instanceId: string | undefined;
  readonly subnet: SampleSubnet;
  /** The primary private IPv4 address, the only one of the interface's own that srcaddr and dstaddr show. */
  readonly address: string;
  readonly secondaryAddresses: readonly string[];
  readonly ipv6Addresses: readonly string[];
  /** Its address on the internet; flow logs show the private one instead. */
  readonly publicAddress: string | undefined;
  readonly securityGroups: readonly SampleSecurityGroup[];
  /** Who looks after it, and what it is a part of, as its tags say. */
  readonly team: string;
  readonly service: string;
}

/** A subnet of the sample network. */
interface SampleSubnet {
  readonly name: string;
  readonly subnetId: string;
  readonly zoneId: string;
  readonly zone: string;
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
    // Each account has its own letters for zones; in this one they have the order of the ids.
    zone: `us-east-1${zoneId === 'use1-az1' ? 'a' : 'b'}`,
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

/** The security groups; hosts carry them, and `sample-rules.ts` has what they allow. */
export const GROUPS = {
  loadBalancer: group('shop-alb', 1),
  web: group('shop-web', 2),
  app: group('shop-app', 3),
  database: group('shop-db', 4),
  cache: group('shop-cache', 5),
  bastion: group('ops-bastion', 6),
  operations: group('ops-internal', 7),
  cluster: group('eks-node', 8),
  databaseClients: group('shop-db-clients', 9),
} as const;

function group(name: string, number: number): SampleSecurityGroup {
  return { groupId: `sg-0f10f10f10f10000${number}`, name };
}

interface Extras {
  readonly kind?: SampleKind;
  readonly secondary?: string;
  readonly ipv6?: string;
  readonly publicAddress?: string;
}

function host(
  name: string,
  number: number,
  subnet: SampleSubnet,
  address: string,
  groups: readonly SampleSecurityGroup[],
  { kind = 'instance', secondary, ipv6, publicAddress }: Extras = {},
): SampleInterface {
  // Seventeen hexadecimal digits as AWS writes them, with a pattern that no real id has.
  const digits = `0f10f10f10f10f0${String(number).padStart(2, '0')}`;
  return {
    name,
    kind,
    interfaceId: `eni-${digits}`,
    instanceId: kind === 'instance' ? `i-${digits}` : undefined,
    subnet,
    address,
    secondaryAddresses: secondary === undefined ? [] : [secondary],
    ipv6Addresses: ipv6 === undefined ? [] : [ipv6],
    publicAddress,
    securityGroups: groups,
    ...ownerOf(groups),
  };
}

/** The groups of hosts are called by what these are a part of: `shop-db`. */
function ownerOf([group]: readonly SampleSecurityGroup[]): Pick<SampleInterface, 'team' | 'service'> {
  const service = group?.name.split('-')[0] ?? 'network';
  return { service, team: service === 'shop' ? 'storefront' : 'platform' };
}

/** The pod's address: a secondary one of its node, so that only pkt-srcaddr and pkt-dstaddr show it. */
export const POD_ADDRESS = '10.0.11.117';

const { publicA, publicB, privateA, privateB, dataA, dataB } = SUBNETS;
const LOAD_BALANCER = { kind: 'load-balancer' } as const;

/** The interfaces of the sample network, by what they are called in code. */
export const HOSTS = {
  web1: host('web-1', 1, privateA, '10.0.11.21', [GROUPS.web]),
  web2: host('web-2', 2, privateB, '10.0.12.21', [GROUPS.web]),
  app1: host('app-1', 3, privateA, '10.0.11.41', [GROUPS.app]),
  app2: host('app-2', 4, privateB, '10.0.12.41', [GROUPS.app]),
  db1: host('db-1', 5, dataA, '10.0.21.31', [GROUPS.database], { kind: 'database' }),
  cache1: host('cache-1', 6, dataB, '10.0.22.31', [GROUPS.cache]),
  bastion: host('bastion', 7, publicA, '10.0.1.10', [GROUPS.bastion], {
    ipv6: '2001:db8:f10:a01::10',
    publicAddress: '203.0.113.10',
  }),
  backup: host('backup', 8, privateB, '10.0.12.51', [GROUPS.operations]),
  batch1: host('batch-1', 9, privateA, '10.0.11.61', [GROUPS.operations]),
  monitoring: host('monitoring', 10, privateA, '10.0.11.71', [GROUPS.operations]),
  ciRunner: host('ci-runner', 11, privateB, '10.0.12.81', [GROUPS.operations]),
  eksNode1: host('eks-node-1', 12, privateA, '10.0.11.100', [GROUPS.cluster], { secondary: POD_ADDRESS }),
  albA: host('shop-alb-a', 13, publicA, '10.0.1.200', [GROUPS.loadBalancer], {
    ...LOAD_BALANCER,
    ipv6: '2001:db8:f10:a01::200',
    publicAddress: '203.0.113.13',
  }),
  albB: host('shop-alb-b', 14, publicB, '10.0.2.200', [GROUPS.loadBalancer], {
    ...LOAD_BALANCER,
    ipv6: '2001:db8:f10:a02::200',
    publicAddress: '203.0.113.14',
  }),
  nat1: host('nat-1', 15, publicA, '10.0.1.220', [], { kind: 'nat-gateway', publicAddress: '203.0.113.20' }),
} as const;

/** The sample network; every id is well formed and none is real. */
export const SAMPLE_NETWORK: SampleNetwork = {
  accountId: '123456789012',
  region: 'us-east-1',
  vpcId: 'vpc-0f10f10f10f100001',
  cidr: '10.0.0.0/16',
  ipv6Cidr: '2001:db8:f10:a00::/56',
  flowLogId: 'fl-0f10f10f10f100001',
  // What Nitro instances always use, whatever was asked for.
  aggregationSeconds: 60,
  subnets: Object.values(SUBNETS),
  interfaces: Object.values(HOSTS),
};
