import { protocolNumber } from '../../core/flow-log/protocols.ts';
import {
  type AclEntry,
  LAST_ACL_ENTRY,
  type NetworkAcl,
  type NetworkRules,
  type Route,
  type RouteTable,
  type RouteTarget,
  type RulePeer,
  type RuleTraffic,
  type SecurityGroup,
  type SecurityGroupRule,
} from '../../core/lake/network-rules.ts';
import { GROUPS, SAMPLE_NETWORK, type SampleSecurityGroup, SUBNETS } from './network.ts';

/** An id with the digits that all ids of the sample have. */
function id(prefix: string, number: number): string {
  return `${prefix}-0f10f10f10f1000${String(number).padStart(2, '0')}`;
}

/** What routes of the sample lead to. */
export const SAMPLE_TARGETS = {
  internet: id('igw', 1),
  nat: id('nat', 1),
  vpn: id('vgw', 1),
  objectStore: id('vpce', 1),
} as const;

const ANYWHERE = '0.0.0.0/0';
const ANYWHERE_V6 = '::/0';
/** The networks behind the VPN. */
const COMPANY = '172.16.0.0/12';
/** The object store's addresses, as AWS lists those of S3. */
const OBJECT_STORE = { id: id('pl', 1), blocks: ['192.0.2.16/28'] } as const;

const ALL: RuleTraffic = { protocol: undefined, ports: undefined, icmp: undefined };

function tcp(from: number, to = from): RuleTraffic {
  return { protocol: protocolNumber('tcp'), ports: { from, to }, icmp: undefined };
}

function members({ groupId }: SampleSecurityGroup): RulePeer {
  return { kind: 'group', id: groupId, account: SAMPLE_NETWORK.accountId };
}

function block(cidr: string): RulePeer {
  return { kind: 'block', block: cidr };
}

/** What a security group allows to come in, and to go out unless that is everything. */
function allowing(
  { groupId, name }: SampleSecurityGroup,
  inbound: readonly (readonly [RuleTraffic, ...RulePeer[]])[],
  outbound: readonly (readonly [RuleTraffic, ...RulePeer[]])[] = [[ALL, block(ANYWHERE), block(ANYWHERE_V6)]],
): SecurityGroup {
  return {
    id: groupId,
    name,
    vpcId: SAMPLE_NETWORK.vpcId,
    inbound: inbound.flatMap(rules),
    outbound: outbound.flatMap(rules),
  };
}

function rules([traffic, ...peers]: readonly [RuleTraffic, ...RulePeer[]]): readonly SecurityGroupRule[] {
  return peers.map((peer) => ({ traffic, peer }));
}

/** A node exporter, which monitoring scrapes everywhere. */
const SCRAPE = [tcp(9100), members(GROUPS.operations)] as const;

const SECURITY_GROUPS: readonly SecurityGroup[] = [
  allowing(
    GROUPS.loadBalancer,
    [[tcp(443), block(ANYWHERE), block(ANYWHERE_V6)]],
    [[tcp(8080), members(GROUPS.web)]],
  ),
  allowing(GROUPS.web, [[tcp(8080), members(GROUPS.loadBalancer)], SCRAPE]),
  allowing(GROUPS.app, [[tcp(9000), members(GROUPS.web)], SCRAPE]),
  // The deploy gave app-1 and app-2 a new list of groups, and left the database's clients out.
  allowing(GROUPS.database, [[tcp(5432), members(GROUPS.databaseClients), members(GROUPS.operations)]]),
  allowing(GROUPS.databaseClients, []),
  allowing(GROUPS.cache, [[tcp(6379), members(GROUPS.web), members(GROUPS.app)], SCRAPE]),
  allowing(GROUPS.bastion, [[tcp(22), block(ANYWHERE)], SCRAPE]),
  allowing(GROUPS.operations, [SCRAPE, [tcp(9102), members(GROUPS.operations)]]),
  allowing(GROUPS.cluster, [[tcp(8443), block(COMPANY)], [ALL, members(GROUPS.cluster)], SCRAPE]),
];

function entry(number: number, action: AclEntry['action'], cidr: string, traffic = ALL): AclEntry {
  return { number, action, traffic, block: cidr };
}

const LAST: readonly AclEntry[] = [
  entry(LAST_ACL_ENTRY, 'deny', ANYWHERE),
  entry(LAST_ACL_ENTRY + 1, 'deny', ANYWHERE_V6),
];
const OPEN: readonly AclEntry[] = [entry(100, 'allow', ANYWHERE), entry(101, 'allow', ANYWHERE_V6), ...LAST];

const NETWORK_ACLS: readonly NetworkAcl[] = [
  {
    id: id('acl', 1),
    name: 'default',
    subnetIds: Object.values(SUBNETS)
      .filter((each) => each !== SUBNETS.dataB)
      .map(({ subnetId }) => subnetId),
    inbound: OPEN,
    outbound: OPEN,
  },
  {
    id: id('acl', 2),
    name: 'data-b',
    subnetIds: [SUBNETS.dataB.subnetId],
    inbound: [entry(100, 'allow', SAMPLE_NETWORK.cidr), ...LAST],
    // Rule 90 was meant for a retired block. web-2 has an address in it, app-2 has none.
    outbound: [
      entry(90, 'deny', '10.0.12.16/28', tcp(1024, 65_535)),
      entry(100, 'allow', SAMPLE_NETWORK.cidr),
      ...LAST,
    ],
  },
];

function route(destination: string, target: RouteTarget, targetId: string): Route {
  return { destination, target, targetId, isBlackhole: false, isPropagated: target === 'vpn-gateway' };
}

const LOCAL: readonly Route[] = [
  route(SAMPLE_NETWORK.cidr, 'local', 'local'),
  route(SAMPLE_NETWORK.ipv6Cidr, 'local', 'local'),
];
const TO_COMPANY = route(COMPANY, 'vpn-gateway', SAMPLE_TARGETS.vpn);

function routeTable(
  number: number,
  internet: (typeof SUBNETS)[keyof typeof SUBNETS]['internet'],
  routes: readonly Route[],
): RouteTable {
  const subnets = Object.values(SUBNETS).filter((each) => each.internet === internet);
  const isMain = internet === 'none';
  return {
    id: id('rtb', number),
    name: { gateway: 'public', nat: 'private', none: 'data' }[internet],
    vpcId: SAMPLE_NETWORK.vpcId,
    isMain,
    // The data subnets have none of their own, so that the main one counts.
    subnetIds: isMain ? [] : subnets.map(({ subnetId }) => subnetId),
    routes: [...LOCAL, ...routes],
  };
}

const ROUTE_TABLES: readonly RouteTable[] = [
  routeTable(1, 'gateway', [
    route(ANYWHERE, 'internet-gateway', SAMPLE_TARGETS.internet),
    route(ANYWHERE_V6, 'internet-gateway', SAMPLE_TARGETS.internet),
    TO_COMPANY,
  ]),
  routeTable(2, 'nat', [
    route(ANYWHERE, 'nat-gateway', SAMPLE_TARGETS.nat),
    route(OBJECT_STORE.id, 'endpoint', SAMPLE_TARGETS.objectStore),
    TO_COMPANY,
  ]),
  routeTable(3, 'none', []),
];

/** The rules of the sample network, after what is planted there: they are what EC2 would say now. */
export const SAMPLE_RULES: NetworkRules = {
  region: SAMPLE_NETWORK.region,
  securityGroups: SECURITY_GROUPS,
  networkAcls: NETWORK_ACLS,
  routeTables: ROUTE_TABLES,
  subnets: SAMPLE_NETWORK.subnets.map(({ subnetId, name, cidr, ipv6Cidr }) => ({
    id: subnetId,
    name,
    blocks: [cidr, ipv6Cidr],
  })),
  prefixLists: new Map([[OBJECT_STORE.id, OBJECT_STORE.blocks]]),
  missing: [],
};
