import type { Cloud, Site } from '../../../core/lake/cloud.ts';
import type { Network, NetworkInterface, Resource } from '../../../core/lake/network.ts';
import { SAMPLE_NETWORK, type SampleInterface } from '../network.ts';
import { createSampleBuckets } from './sample-buckets.ts';
import { createSampleFlowLogs } from './sample-flow-logs.ts';
import type { StateFile } from './sample-state.ts';
import { createSampleTables } from './sample-tables.ts';

export interface SampleCloudParts {
  /** The sample's own folder. */
  readonly folder: string;
  readonly state: StateFile;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** The sample network as a cloud: everything that AWS does for flowlog, in a folder, without an account. */
export function createSampleCloud({ folder, state, now, newId }: SampleCloudParts): Cloud {
  const { accountId: account, region } = SAMPLE_NETWORK;
  const site: Site = {
    account,
    region,
    flowLogs: createSampleFlowLogs({ state, now, newId }),
    network: createSampleNetwork(),
    buckets: createSampleBuckets(folder, state),
  };
  return { name: 'sample', sites: async () => [site], tables: createSampleTables(state) };
}

/** The network of the sample: one VPC, its subnets and interfaces. */
function createSampleNetwork(): Network {
  return {
    resource: async (id) => resourceOf(id),
    interfaces: async ({ ids, instanceIds, vpcIds, addresses }) =>
      SAMPLE_NETWORK.interfaces.map(interfaceOf).filter((each) => {
        const among = <T>(wanted: readonly T[] | undefined, has: readonly T[]) =>
          wanted === undefined || wanted.some((value) => has.includes(value));
        return (
          among(ids, [each.id]) &&
          among(vpcIds, [each.vpcId]) &&
          among(instanceIds, each.instanceId === undefined ? [] : [each.instanceId]) &&
          among(addresses, each.addresses)
        );
      }),
  };
}

function resourceOf(id: string): Resource | undefined {
  const { vpcId, subnets, interfaces } = SAMPLE_NETWORK;
  if (id === vpcId) return { id, kind: 'vpc', vpcId, subnetId: undefined, name: 'sample' };
  const subnet = subnets.find(({ subnetId }) => subnetId === id);
  if (subnet !== undefined) return { id, kind: 'subnet', vpcId, subnetId: id, name: subnet.name };
  const host = interfaces.find(({ interfaceId }) => interfaceId === id);
  if (host === undefined) return undefined;
  return { id, kind: 'interface', vpcId, subnetId: host.subnet.subnetId, name: host.name };
}

function interfaceOf(host: SampleInterface): NetworkInterface {
  const { interfaceId, subnet, address, secondaryAddresses, ipv6Addresses, publicAddress, instanceId, name } =
    host;
  return {
    id: interfaceId,
    vpcId: SAMPLE_NETWORK.vpcId,
    subnetId: subnet.subnetId,
    addresses: [
      address,
      ...secondaryAddresses,
      ...ipv6Addresses,
      ...(publicAddress === undefined ? [] : [publicAddress]),
    ],
    instanceId,
    name,
  };
}
