import type { PortRange } from '../line/network-arguments.ts';

/** The packets that a rule is about. */
export interface RuleTraffic {
  /** IANA's number; undefined for every protocol. */
  readonly protocol: number | undefined;
  /** Destination ports; undefined for all, and for protocols without ports. */
  readonly ports: PortRange | undefined;
  /** Undefined for all types, and for other protocols. A code that is undefined is every code. */
  readonly icmp: { readonly type: number; readonly code: number | undefined } | undefined;
}

/** Whom a rule of a security group allows traffic with. */
export type RulePeer =
  | { readonly kind: 'block'; readonly block: string }
  /** Interfaces that carry a security group; `account` owns it. */
  | { readonly kind: 'group'; readonly id: string; readonly account: string }
  | { readonly kind: 'prefix-list'; readonly id: string };

/** A rule of a security group; all of them allow. */
export interface SecurityGroupRule {
  readonly traffic: RuleTraffic;
  readonly peer: RulePeer;
}

/** A security group with its rules. */
export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly inbound: readonly SecurityGroupRule[];
  readonly outbound: readonly SecurityGroupRule[];
}

/** An entry of a network ACL. */
export interface AclEntry {
  readonly number: number;
  readonly action: 'allow' | 'deny';
  readonly traffic: RuleTraffic;
  readonly block: string;
}

/** The number from which on an entry is the last one, `*`, that cannot be changed: 32767 for IPv4, 32768 for IPv6. */
export const LAST_ACL_ENTRY = 32_767;

/** A network ACL; entries are in the order in which EC2 asks them, and the first that fits decides. */
export interface NetworkAcl {
  readonly id: string;
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly inbound: readonly AclEntry[];
  readonly outbound: readonly AclEntry[];
}

/** What a route leads to. */
export type RouteTarget =
  | 'local'
  | 'internet-gateway'
  | 'egress-only-gateway'
  | 'nat-gateway'
  | 'vpn-gateway'
  | 'transit-gateway'
  | 'peering'
  | 'endpoint'
  | 'interface'
  | 'other';

/** A route of a route table. */
export interface Route {
  /** A block, or the id of a prefix list. */
  readonly destination: string;
  readonly target: RouteTarget;
  /** `igw-…`, `pcx-…`; `local` for the VPC itself. */
  readonly targetId: string;
  /** What it leads to is gone, or does not take traffic: packets are dropped. */
  readonly isBlackhole: boolean;
  /** Learnt from a VPN gateway, not written: of two routes to one block the written one counts. */
  readonly isPropagated: boolean;
}

/** A route table. */
export interface RouteTable {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  /** It is that of every subnet of the VPC that has none of its own. */
  readonly isMain: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly Route[];
}

/** A subnet with its blocks, IPv4 and IPv6. */
export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly blocks: readonly string[];
}

/** What EC2 says of the subnets and groups of interfaces of one region, as it is now. Undefined is unknown. */
export interface NetworkRules {
  readonly region: string;
  /** All of the VPCs, attached or not, so that one that would allow more can be named. */
  readonly securityGroups: readonly SecurityGroup[] | undefined;
  readonly networkAcls: readonly NetworkAcl[] | undefined;
  readonly routeTables: readonly RouteTable[] | undefined;
  readonly subnets: readonly Subnet[] | undefined;
  /** The blocks of the prefix lists that rules and routes name, by id; one that may not be read is absent. */
  readonly prefixLists: ReadonlyMap<string, readonly string[]>;
  /** What was denied, as IAM names it: `ec2:DescribeSecurityGroups`. */
  readonly missing: readonly string[];
}
