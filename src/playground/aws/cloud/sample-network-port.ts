import type { Network, NetworkInterface, Resource } from '../../../core/lake/network.ts';
import { SAMPLE_NETWORK } from '../network/network.ts';
import type { SampleInterface } from '../network/sample-interface.ts';

/** The network of the sample: one VPC, its subnets and interfaces. */
export function createSampleNetwork(): Network {
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
