import type { Cloud, Site } from '../../../core/lake/cloud.ts';
import type { Network, NetworkInterface, Resource, ResourceTag } from '../../../core/lake/network.ts';
import { SAMPLE_NETWORK, type SampleInterface } from '../network.ts';
import { SAMPLE_RULES, SAMPLE_TARGETS } from '../sample-rules.ts';
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
    interfaces: async ({ ids, instanceIds, vpcIds, addresses, loadBalancers }) =>
      SAMPLE_NETWORK.interfaces.map(interfaceOf).filter((each) => {
        const among = <T>(wanted: readonly T[] | undefined, has: readonly T[]) =>
          wanted === undefined || wanted.some((value) => has.includes(value));
        return (
          among(ids, [each.id]) &&
          among(vpcIds, [each.vpcId]) &&
          among(instanceIds, each.instanceId === undefined ? [] : [each.instanceId]) &&
          among(addresses, each.addresses) &&
          among(loadBalancers, [loadBalancerOf(each)])
        );
      }),
    nameTags: async () =>
      SAMPLE_NETWORK.interfaces.map(({ name, instanceId, interfaceId }) => ({
        id: instanceId ?? interfaceId,
        name,
      })),
    subnets: async () =>
      SAMPLE_NETWORK.subnets.map(({ subnetId: id, name, cidr }) => ({
        id,
        name,
        vpcId: SAMPLE_NETWORK.vpcId,
        blocks: [cidr],
      })),
    tagsOf: async (ids) =>
      [VPC_TAG, ...SAMPLE_NETWORK.interfaces.flatMap(tagsOf)].filter(({ id }) => ids.includes(id)),
    rulesOf: async () => SAMPLE_RULES,
  };
}

const VPC_NAME = 'sample';
const VPC_TAG: ResourceTag = { id: SAMPLE_NETWORK.vpcId, key: 'Name', value: VPC_NAME };

/** An instance carries its tags itself; what AWS makes for a service has them at its interface. */
function tagsOf({ name, instanceId, interfaceId, team, service }: SampleInterface): readonly ResourceTag[] {
  const id = instanceId ?? interfaceId;
  const tags = { Name: name, team, service };
  return Object.entries(tags).map(([key, value]) => ({ id, key, value }));
}

/** `shop` of `ELB app/shop/0f10`; undefined for every other interface. */
function loadBalancerOf({ description }: NetworkInterface): string | undefined {
  return /^ELB (?:app|net)\/([^/]+)\//.exec(description)?.[1];
}

function resourceOf(id: string): Resource | undefined {
  const { vpcId, subnets, interfaces } = SAMPLE_NETWORK;
  if (id === vpcId) return { id, kind: 'vpc', vpcId, subnetId: undefined, name: VPC_NAME };
  const subnet = subnets.find(({ subnetId }) => subnetId === id);
  if (subnet !== undefined) return { id, kind: 'subnet', vpcId, subnetId: id, name: subnet.name };
  const host = interfaces.find(({ interfaceId }) => interfaceId === id);
  if (host === undefined) return undefined;
  return { id, kind: 'interface', vpcId, subnetId: host.subnet.subnetId, name: host.name };
}

/** What EC2 says of interfaces that AWS makes for its services. */
const MANAGED: Readonly<
  Record<SampleInterface['kind'], Pick<NetworkInterface, 'interfaceType' | 'requesterId' | 'description'>>
> = {
  instance: { interfaceType: 'interface', requesterId: undefined, description: '' },
  database: {
    interfaceType: 'interface',
    requesterId: 'amazon-rds',
    description: 'RDSNetworkInterface',
  },
  'load-balancer': {
    interfaceType: 'interface',
    requesterId: 'amazon-elb',
    description: 'ELB app/shop/0f10f10f10f10f01',
  },
  'nat-gateway': {
    interfaceType: 'nat_gateway',
    requesterId: undefined,
    description: `Interface for NAT Gateway ${SAMPLE_TARGETS.nat}`,
  },
};

/** Before any record of the sample, so that every name is that of then too. */
const ATTACHED_AT = new Date('2026-01-01T00:00:00Z');

function interfaceOf(host: SampleInterface): NetworkInterface {
  const { interfaceId, subnet, address, secondaryAddresses, ipv6Addresses, publicAddress, instanceId, name } =
    host;
  const publicAddresses = publicAddress === undefined ? [] : [publicAddress];
  return {
    id: interfaceId,
    vpcId: SAMPLE_NETWORK.vpcId,
    subnetId: subnet.subnetId,
    zone: subnet.zone,
    addresses: [address, ...secondaryAddresses, ...ipv6Addresses, ...publicAddresses],
    publicAddresses,
    instanceId,
    name,
    securityGroups: host.securityGroups.map((group) => ({ id: group.groupId, name: group.name })),
    ...MANAGED[host.kind],
    attachedAt: ATTACHED_AT,
  };
}
