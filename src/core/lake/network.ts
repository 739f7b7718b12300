import type { NetworkRules } from './network-rules.ts';

/** Something whose traffic a flow log can record. */
export interface Resource {
  readonly id: string;
  readonly kind: 'vpc' | 'subnet' | 'interface';
  readonly vpcId: string;
  /** Of a subnet, itself; undefined for a VPC. */
  readonly subnetId: string | undefined;
  /** Its `Name` tag or its description; empty when it has none. */
  readonly name: string;
}

/** A security group as an interface carries it. */
interface AttachedGroup {
  readonly id: string;
  readonly name: string;
}

/** A network interface with all its addresses. */
export interface NetworkInterface {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** The Availability Zone by its name in this account: `us-east-1a`; empty where that is not known. */
  readonly zone: string;
  /** Primary and secondary, IPv4 and IPv6, private and public, in canonical form. */
  readonly addresses: readonly string[];
  /** Those IPv4 addresses among them that are its own on the internet only: packets inside carry a private one. */
  readonly publicAddresses: readonly string[];
  readonly instanceId: string | undefined;
  readonly name: string;
  /** None where EC2 filters nothing at the interface: a NAT gateway, a load balancer without groups. */
  readonly securityGroups: readonly AttachedGroup[];
  /** As EC2 writes it: `interface`, `nat_gateway` or `natGateway`, `lambda`, `network_load_balancer`. */
  readonly interfaceType: string;
  /** The AWS service or account that made it: `amazon-elb`; undefined for one that its owner made. */
  readonly requesterId: string | undefined;
  /** `ELB app/shop/0a1b2c`; empty when it has none. */
  readonly description: string;
  /** Since when it belongs to what it is attached to now; undefined where it is attached to nothing. */
  readonly attachedAt: Date | undefined;
}

/** Which network interfaces are meant; every condition that is given must hold. */
export interface InterfaceFilter {
  readonly ids?: readonly string[];
  readonly instanceIds?: readonly string[];
  readonly vpcIds?: readonly string[];
  readonly addresses?: readonly string[];
  /** Of application and network load balancers, by their names. */
  readonly loadBalancers?: readonly string[];
}

/** The `Name` tag of an instance (`i-…`) or of a network interface (`eni-…`). */
export interface NameTag {
  readonly id: string;
  /** As it was written: any text. */
  readonly name: string;
}

/** A tag of an instance, a network interface, a VPC or whatever else EC2 knows by an id. */
export interface ResourceTag {
  readonly id: string;
  /** Key and value as they were written: any text. */
  readonly key: string;
  readonly value: string;
}

/** A subnet, by its addresses. */
export interface PlacedSubnet {
  readonly id: string;
  readonly vpcId: string;
  /** Its `Name` tag; empty when it has none. */
  readonly name: string;
  /** IPv4 and IPv6. */
  readonly blocks: readonly string[];
}

/** The network of one region of one account. */
export interface Network {
  /** Undefined when there is no such VPC, subnet or interface here. @throws CloudError */
  resource(id: string, signal: AbortSignal): Promise<Resource | undefined>;
  /** All that match, from all pages. @throws CloudError */
  interfaces(filter: InterfaceFilter, signal: AbortSignal): Promise<readonly NetworkInterface[]>;
  /** The names of all instances and network interfaces here that have one, from all pages. @throws CloudError */
  nameTags(signal: AbortSignal): Promise<readonly NameTag[]>;
  /** All subnets here, from all pages. @throws CloudError */
  subnets(signal: AbortSignal): Promise<readonly PlacedSubnet[]>;
  /** All tags of some resources; none for what has no tags, or is not here. @throws CloudError */
  tagsOf(ids: readonly string[], signal: AbortSignal): Promise<readonly ResourceTag[]>;
  /**
   * The rules that decide on the traffic of interfaces of this network, as they are now. What may not be read is
   * undefined there and named in `missing`.
   * @throws CloudError for every other fault.
   */
  rulesOf(interfaces: readonly NetworkInterface[], signal: AbortSignal): Promise<NetworkRules>;
}
