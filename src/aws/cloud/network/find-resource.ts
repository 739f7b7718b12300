import type { EC2 } from '@aws-sdk/client-ec2';
import type { Resource } from '../../../core/lake/network.ts';
import { calling } from '../../fault/calling.ts';
import { nameIn } from '../tags.ts';
import { readInterface } from './read-interface.ts';

type Find = (ec2: EC2, id: string, signal: AbortSignal) => Promise<Resource | undefined>;

/**
 * How each kind of resource is found, by what its id begins with. Asked for by a filter one that is not there is an
 * empty answer; asked for by its id it would be a fault.
 */
const FINDERS: readonly (readonly [prefix: string, find: Find])[] = [
  ['vpc-', findVpc],
  ['subnet-', findSubnet],
  ['eni-', findInterface],
];

/** Finds a VPC, subnet or network interface by its id; undefined for what is not there, and for any other id. */
export async function findResource(
  ec2: () => Promise<EC2>,
  id: string,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  const found = FINDERS.find(([prefix]) => id.startsWith(prefix));
  return found?.[1](await ec2(), id, signal);
}

async function findVpc(ec2: EC2, id: string, signal: AbortSignal): Promise<Resource | undefined> {
  const { Vpcs: [vpc] = [] } = await calling('ec2:DescribeVpcs', signal, () =>
    ec2.describeVpcs({ Filters: [{ Name: 'vpc-id', Values: [id] }] }, { abortSignal: signal }),
  );
  return vpc && { id, kind: 'vpc', vpcId: id, subnetId: undefined, name: nameIn(vpc.Tags) };
}

async function findSubnet(ec2: EC2, id: string, signal: AbortSignal): Promise<Resource | undefined> {
  const { Subnets: [subnet] = [] } = await calling('ec2:DescribeSubnets', signal, () =>
    ec2.describeSubnets({ Filters: [{ Name: 'subnet-id', Values: [id] }] }, { abortSignal: signal }),
  );
  return subnet && { id, kind: 'subnet', vpcId: subnet.VpcId ?? '', subnetId: id, name: nameIn(subnet.Tags) };
}

async function findInterface(ec2: EC2, id: string, signal: AbortSignal): Promise<Resource | undefined> {
  const request = { Filters: [{ Name: 'network-interface-id', Values: [id] }] };
  const { NetworkInterfaces: [found] = [] } = await calling('ec2:DescribeNetworkInterfaces', signal, () =>
    ec2.describeNetworkInterfaces(request, { abortSignal: signal }),
  );
  if (found === undefined) return undefined;
  const { vpcId, subnetId, name } = readInterface(found);
  return { id, kind: 'interface', vpcId, subnetId, name };
}
