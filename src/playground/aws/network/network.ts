import { HOSTS } from './hosts.ts';
import type { SampleInterface } from './sample-interface.ts';
import { type SampleSubnet, SUBNETS } from './subnets.ts';

/** The sample network: one VPC with everything that has a name in it. */
export interface SampleNetwork {
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

/** What a cloud would tell about the sample network; every id is well formed and none is real. */
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
