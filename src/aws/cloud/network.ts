import type { NetworkInterface as AwsInterface, EC2, Filter } from '@aws-sdk/client-ec2';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type {
  InterfaceFilter,
  NameTag,
  Network,
  NetworkInterface,
  PlacedSubnet,
  Resource,
  ResourceTag,
} from '../../core/lake/network.ts';
import { parseAddress } from '../../core/line/read-address.ts';
import { callAws } from '../call.ts';
import { type Conditions, filtersOfCalls, nameOfTags } from './ec2.ts';
import { describeRules } from './network-rules.ts';
import { allPages } from './pages.ts';
import { readSubnet } from './read-rules.ts';

/** The network of one region, as one account. */
export function createAwsNetwork(ec2: () => Promise<EC2>, region: string): Network {
  return {
    resource: (id, signal) => findResource(ec2, id, signal),
    async interfaces(filter, signal) {
      const calls = alternatives(filter).flatMap(filtersOfCalls);
      const found = await Promise.all(calls.map((filters) => describe(ec2, filters, signal)));
      const byId = new Map(found.flat().map((each) => [each.id, each]));
      return [...byId.values()];
    },
    nameTags: (signal) => describeNameTags(ec2, signal),
    subnets: (signal) => describeSubnets(ec2, signal),
    async tagsOf(ids, signal) {
      const calls = filtersOfCalls({ 'resource-id': ids });
      return (await Promise.all(calls.map((filters) => describeTags(ec2, filters, signal)))).flat();
    },
    rulesOf: (interfaces, signal) => describeRules(ec2, region, interfaces, signal),
  };
}

/** EC2's filters for an address of each family: a private address looks like a public one. */
const V4_FILTERS = ['addresses.private-ip-address', 'addresses.association.public-ip'];
const V6_FILTERS = ['ipv6-addresses.ipv6-address'];

/**
 * Filters that are all true of an interface at once; an address may be found under several, one call each. AWS
 * describes the interfaces of load balancers as `ELB app/<name>/<id>`.
 */
function alternatives({
  ids,
  instanceIds,
  vpcIds,
  addresses,
  loadBalancers,
}: InterfaceFilter): readonly Conditions[] {
  const description = loadBalancers?.flatMap((name) => [`ELB app/${name}/*`, `ELB net/${name}/*`]);
  const all = {
    'network-interface-id': ids,
    'attachment.instance-id': instanceIds,
    'vpc-id': vpcIds,
    description,
  };
  if (addresses === undefined) return [all];
  const canonical = addresses.map(canonicalAddress);
  const v4 = canonical.filter((address) => !address.includes(':'));
  const v6 = canonical.filter((address) => address.includes(':'));
  return [
    ...V4_FILTERS.map((filter) => ({ ...all, [filter]: v4 })),
    ...V6_FILTERS.map((filter) => ({ ...all, [filter]: v6 })),
  ];
}

async function describe(
  ec2: () => Promise<EC2>,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<readonly NetworkInterface[]> {
  const found = await allPages((NextToken) =>
    callAws('ec2:DescribeNetworkInterfaces', signal, async () => {
      const paging = {
        MaxResults: AWS_LIMITS.interfacesPerPage,
        ...(NextToken !== undefined && { NextToken }),
      };
      const request = { Filters: [...filters], ...paging };
      const page = await (await ec2()).describeNetworkInterfaces(request, { abortSignal: signal });
      return { items: page.NetworkInterfaces ?? [], next: page.NextToken };
    }),
  );
  return found.map(readInterface);
}

/** Tags alone are listed: descriptions of all instances would be many times as long. */
async function describeNameTags(ec2: () => Promise<EC2>, signal: AbortSignal): Promise<readonly NameTag[]> {
  const filters = [
    { Name: 'key', Values: ['Name'] },
    { Name: 'resource-type', Values: ['instance', 'network-interface'] },
  ];
  const found = await describeTags(ec2, filters, signal);
  return found.map(({ id, value: name }) => ({ id, name }));
}

async function describeSubnets(
  ec2: () => Promise<EC2>,
  signal: AbortSignal,
): Promise<readonly PlacedSubnet[]> {
  const found = await allPages((NextToken) =>
    callAws('ec2:DescribeSubnets', signal, async () => {
      const request = {
        MaxResults: AWS_LIMITS.interfacesPerPage,
        ...(NextToken !== undefined && { NextToken }),
      };
      const page = await (await ec2()).describeSubnets(request, { abortSignal: signal });
      return { items: page.Subnets ?? [], next: page.NextToken };
    }),
  );
  return found.map((each) => ({ ...readSubnet(each), vpcId: each.VpcId ?? '' }));
}

async function describeTags(
  ec2: () => Promise<EC2>,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<readonly ResourceTag[]> {
  const found = await allPages((NextToken) =>
    callAws('ec2:DescribeTags', signal, async () => {
      const paging = { MaxResults: AWS_LIMITS.tagsPerPage, ...(NextToken !== undefined && { NextToken }) };
      const request = { Filters: [...filters], ...paging };
      const page = await (await ec2()).describeTags(request, { abortSignal: signal });
      return { items: page.Tags ?? [], next: page.NextToken };
    }),
  );
  // A tag without a value says nothing.
  return found.flatMap(({ ResourceId: id, Key: key, Value: value }) =>
    id && key && value ? [{ id, key, value }] : [],
  );
}

type Find = (ec2: EC2, id: string, signal: AbortSignal) => Promise<Resource | undefined>;

/**
 * How each kind of resource is found, by the prefix of its id. By a filter, a resource that does not exist is an empty
 * answer; by its id it would be a fault.
 */
const FINDERS: readonly (readonly [prefix: string, find: Find])[] = [
  ['vpc-', findVpc],
  ['subnet-', findSubnet],
  ['eni-', findInterface],
];

/** Finds a VPC, subnet or network interface by its id; undefined for what is not there, and for any other id. */
async function findResource(
  ec2: () => Promise<EC2>,
  id: string,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  const found = FINDERS.find(([prefix]) => id.startsWith(prefix));
  return found?.[1](await ec2(), id, signal);
}

async function findVpc(ec2: EC2, id: string, signal: AbortSignal): Promise<Resource | undefined> {
  const { Vpcs: [vpc] = [] } = await callAws('ec2:DescribeVpcs', signal, () =>
    ec2.describeVpcs({ Filters: [{ Name: 'vpc-id', Values: [id] }] }, { abortSignal: signal }),
  );
  if (vpc === undefined) return undefined;
  return { id, kind: 'vpc', vpcId: id, subnetId: undefined, name: nameOfTags(vpc.Tags) };
}

async function findSubnet(ec2: EC2, id: string, signal: AbortSignal): Promise<Resource | undefined> {
  const { Subnets: [subnet] = [] } = await callAws('ec2:DescribeSubnets', signal, () =>
    ec2.describeSubnets({ Filters: [{ Name: 'subnet-id', Values: [id] }] }, { abortSignal: signal }),
  );
  if (subnet === undefined) return undefined;
  return { id, kind: 'subnet', vpcId: subnet.VpcId ?? '', subnetId: id, name: nameOfTags(subnet.Tags) };
}

async function findInterface(ec2: EC2, id: string, signal: AbortSignal): Promise<Resource | undefined> {
  const request = { Filters: [{ Name: 'network-interface-id', Values: [id] }] };
  const { NetworkInterfaces: [found] = [] } = await callAws('ec2:DescribeNetworkInterfaces', signal, () =>
    ec2.describeNetworkInterfaces(request, { abortSignal: signal }),
  );
  if (found === undefined) return undefined;
  const { vpcId, subnetId, name } = readInterface(found);
  return { id, kind: 'interface', vpcId, subnetId, name };
}

/** Reads a network interface; its name is its tag, or AWS's description: `Interface for NAT Gateway nat-…`. */
function readInterface(found: AwsInterface): NetworkInterface {
  return {
    id: found.NetworkInterfaceId ?? '',
    vpcId: found.VpcId ?? '',
    subnetId: found.SubnetId ?? '',
    zone: found.AvailabilityZone ?? '',
    addresses: addressesOf(found),
    publicAddresses: publicAddressesOf(found),
    instanceId: found.Attachment?.InstanceId,
    name: nameOfTags(found.TagSet, found.Description),
    securityGroups: (found.Groups ?? []).map(({ GroupId = '', GroupName = '' }) => ({
      id: GroupId,
      name: GroupName,
    })),
    interfaceType: found.InterfaceType ?? '',
    requesterId: found.RequesterId,
    description: found.Description ?? '',
    attachedAt: found.Attachment?.AttachTime,
  };
}

function addressesOf(found: AwsInterface): readonly string[] {
  const v4 = (found.PrivateIpAddresses ?? []).flatMap((each) => [
    each.PrivateIpAddress,
    each.Association?.PublicIp,
  ]);
  const v6 = (found.Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address);
  const primary = [found.PrivateIpAddress, found.Association?.PublicIp, found.Ipv6Address];
  const all = [...primary, ...v4, ...v6].flatMap((address) => address || []);
  return [...new Set(all.map(canonicalAddress))];
}

function publicAddressesOf(found: AwsInterface): readonly string[] {
  const associations = [
    found.Association,
    ...(found.PrivateIpAddresses ?? []).map((each) => each.Association),
  ];
  const all = associations.flatMap((association) => association?.PublicIp || []);
  return [...new Set(all.map(canonicalAddress))];
}

/** An address as flow logs and answers write it; AWS writes IPv6 in several ways. What is none stays as it is. */
function canonicalAddress(text: string): string {
  const parsed = parseAddress(text);
  return 'value' in parsed ? parsed.value.text : text;
}
