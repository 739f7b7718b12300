import type {
  NetworkAcl as AwsAcl,
  NetworkAclEntry as AwsAclEntry,
  SecurityGroup as AwsGroup,
  Route as AwsRoute,
  RouteTable as AwsRouteTable,
  Subnet as AwsSubnet,
  IpPermission,
} from '@aws-sdk/client-ec2';
import { protocolNumber } from '../../core/flow-log/protocols.ts';
import type {
  AclEntry,
  NetworkAcl,
  Route,
  RouteTable,
  RouteTarget,
  RulePeer,
  RuleTraffic,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
} from '../../core/lake/network-rules.ts';
import { nameOfTags } from './ec2.ts';

/** Reads a security group, one rule for each whom a permission is about. */
export function readSecurityGroup(found: AwsGroup): SecurityGroup {
  return {
    id: found.GroupId ?? '',
    name: found.GroupName ?? '',
    vpcId: found.VpcId ?? '',
    inbound: (found.IpPermissions ?? []).flatMap(readPermission),
    outbound: (found.IpPermissionsEgress ?? []).flatMap(readPermission),
  };
}

function readPermission(permission: IpPermission): readonly SecurityGroupRule[] {
  const { IpProtocol, FromPort, ToPort } = permission;
  const protocol = readProtocol(IpProtocol);
  // A security group keeps the type of ICMP where others have the first port, and its code where they have the last.
  const isIcmp = protocol !== undefined && ICMP.includes(protocol);
  const traffic = isIcmp
    ? readTraffic(protocol, { type: FromPort, code: ToPort }, undefined)
    : readTraffic(protocol, undefined, { from: FromPort, to: ToPort });
  return peersOf(permission).map((peer) => ({ traffic, peer }));
}

function peersOf({
  IpRanges = [],
  Ipv6Ranges = [],
  UserIdGroupPairs = [],
  PrefixListIds = [],
}: IpPermission): readonly RulePeer[] {
  return [
    ...IpRanges.map(({ CidrIp = '' }) => ({ kind: 'block' as const, block: CidrIp })),
    ...Ipv6Ranges.map(({ CidrIpv6 = '' }) => ({ kind: 'block' as const, block: CidrIpv6 })),
    ...UserIdGroupPairs.map(({ GroupId = '', UserId = '' }) => ({
      kind: 'group' as const,
      id: GroupId,
      account: UserId,
    })),
    ...PrefixListIds.map(({ PrefixListId = '' }) => ({ kind: 'prefix-list' as const, id: PrefixListId })),
  ];
}

const ICMP = [1, 58];

/** What EC2 writes where it means every protocol, port, type or code. */
const ALL = -1;

function readProtocol(text = String(ALL)): number | undefined {
  if (text === String(ALL)) return undefined;
  return protocolNumber(text) ?? Number(text);
}

function readTraffic(
  protocol: number | undefined,
  icmp: { readonly type: number | undefined; readonly code: number | undefined } | undefined,
  ports: { readonly from: number | undefined; readonly to: number | undefined } | undefined,
): RuleTraffic {
  const { type = ALL, code = ALL } = icmp ?? {};
  const { from = ALL, to = ALL } = ports ?? {};
  return {
    protocol,
    ports: protocol === undefined || from === ALL || to === ALL ? undefined : { from, to },
    icmp: type === ALL ? undefined : { type, code: code === ALL ? undefined : code },
  };
}

/** Reads a network ACL, its entries in the order in which EC2 asks them. */
export function readNetworkAcl(found: AwsAcl): NetworkAcl {
  const entries = (found.Entries ?? []).toSorted((a, b) => (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0));
  return {
    id: found.NetworkAclId ?? '',
    name: nameOfTags(found.Tags),
    subnetIds: (found.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
    inbound: entries.filter(({ Egress }) => Egress !== true).map(readEntry),
    outbound: entries.filter(({ Egress }) => Egress === true).map(readEntry),
  };
}

function readEntry(entry: AwsAclEntry): AclEntry {
  const { IcmpTypeCode: icmp, PortRange: ports } = entry;
  return {
    number: entry.RuleNumber ?? 0,
    action: entry.RuleAction === 'allow' ? 'allow' : 'deny',
    traffic: readTraffic(
      readProtocol(entry.Protocol),
      icmp && { type: icmp.Type, code: icmp.Code },
      ports && { from: ports.From, to: ports.To },
    ),
    block: entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '',
  };
}

/** Reads a route table; one that is associated with a gateway only is that of no subnet. */
export function readRouteTable(found: AwsRouteTable): RouteTable {
  const associations = found.Associations ?? [];
  return {
    id: found.RouteTableId ?? '',
    name: nameOfTags(found.Tags),
    vpcId: found.VpcId ?? '',
    isMain: associations.some(({ Main }) => Main === true),
    subnetIds: associations.flatMap(({ SubnetId }) => SubnetId ?? []),
    routes: (found.Routes ?? []).map(readRoute),
  };
}

/** Gateways by the prefixes of their ids. `GatewayId` may be one of several kinds. */
const GATEWAYS: readonly (readonly [prefix: string, target: RouteTarget])[] = [
  ['local', 'local'],
  ['igw-', 'internet-gateway'],
  ['eigw-', 'egress-only-gateway'],
  ['nat-', 'nat-gateway'],
  ['vgw-', 'vpn-gateway'],
  ['tgw-', 'transit-gateway'],
  ['pcx-', 'peering'],
  ['vpce-', 'endpoint'],
  ['eni-', 'interface'],
  ['i-', 'interface'],
];

function readRoute(route: AwsRoute): Route {
  const targetId =
    route.GatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.EgressOnlyInternetGatewayId ??
    route.NetworkInterfaceId ??
    route.InstanceId ??
    route.CarrierGatewayId ??
    route.LocalGatewayId ??
    route.CoreNetworkArn ??
    '';
  return {
    destination:
      route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '',
    target: GATEWAYS.find(([prefix]) => targetId.startsWith(prefix))?.[1] ?? 'other',
    targetId,
    isBlackhole: route.State === 'blackhole',
    isPropagated: route.Origin === 'EnableVgwRoutePropagation',
  };
}

/** Reads a subnet with its blocks. */
export function readSubnet(found: AwsSubnet): Subnet {
  const v6 = (found.Ipv6CidrBlockAssociationSet ?? []).flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []);
  return {
    id: found.SubnetId ?? '',
    name: nameOfTags(found.Tags),
    blocks: [...(found.CidrBlock === undefined ? [] : [found.CidrBlock]), ...v6],
  };
}
