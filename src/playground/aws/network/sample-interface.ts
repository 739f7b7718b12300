import type { SampleSubnet } from './subnets.ts';

/** What a network interface belongs to. */
export type SampleKind = 'instance' | 'database' | 'load-balancer' | 'nat-gateway';

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
}
