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

/** A network interface with all its addresses. */
export interface NetworkInterface {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** Primary and secondary, IPv4 and IPv6, private and public, in canonical form. */
  readonly addresses: readonly string[];
  readonly instanceId: string | undefined;
  readonly name: string;
}

/** Which network interfaces are meant; every condition that is given must hold. */
export interface InterfaceFilter {
  readonly ids?: readonly string[];
  readonly instanceIds?: readonly string[];
  readonly vpcIds?: readonly string[];
  readonly addresses?: readonly string[];
}

/** The network of one region of one account. */
export interface Network {
  /** Undefined when there is no such VPC, subnet or interface here. @throws CloudError */
  resource(id: string, signal: AbortSignal): Promise<Resource | undefined>;
  /** All that match, from all pages. @throws CloudError */
  interfaces(filter: InterfaceFilter, signal: AbortSignal): Promise<readonly NetworkInterface[]>;
}
