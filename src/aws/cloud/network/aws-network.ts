import type { EC2, Filter } from '@aws-sdk/client-ec2';
import type { InterfaceFilter, Network, NetworkInterface } from '../../../core/lake/network.ts';
import { calling } from '../../fault/calling.ts';
import { type Conditions, filterBatches } from '../filter-batches.ts';
import { allPages } from '../pages.ts';
import { canonicalAddress } from './canonical-address.ts';
import { findResource } from './find-resource.ts';
import { readInterface } from './read-interface.ts';

/** The network of one region, as one account. */
export function createAwsNetwork(ec2: () => Promise<EC2>): Network {
  return {
    resource: (id, signal) => findResource(ec2, id, signal),
    async interfaces(filter, signal) {
      const calls = alternatives(filter).flatMap(filterBatches);
      const found = await Promise.all(calls.map((filters) => describe(ec2, filters, signal)));
      const byId = new Map(found.flat().map((each) => [each.id, each]));
      return [...byId.values()];
    },
  };
}

/** Where EC2 looks for an address of each family: nothing tells a private address from a public one. */
const PLACES_OF_V4 = ['addresses.private-ip-address', 'addresses.association.public-ip'];
const PLACES_OF_V6 = ['ipv6-addresses.ipv6-address'];

/** Filters that are all true of an interface at once; an address may be found under several, one call each. */
function alternatives({ ids, instanceIds, vpcIds, addresses }: InterfaceFilter): readonly Conditions[] {
  const all = { 'network-interface-id': ids, 'attachment.instance-id': instanceIds, 'vpc-id': vpcIds };
  if (addresses === undefined) return [all];
  const canonical = addresses.map(canonicalAddress);
  const v4 = canonical.filter((address) => !address.includes(':'));
  const v6 = canonical.filter((address) => address.includes(':'));
  return [
    ...PLACES_OF_V4.map((place) => ({ ...all, [place]: v4 })),
    ...PLACES_OF_V6.map((place) => ({ ...all, [place]: v6 })),
  ];
}

async function describe(
  ec2: () => Promise<EC2>,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<readonly NetworkInterface[]> {
  const found = await allPages((NextToken) =>
    calling('ec2:DescribeNetworkInterfaces', signal, async () => {
      const request = { Filters: [...filters], ...(NextToken !== undefined && { NextToken }) };
      const page = await (await ec2()).describeNetworkInterfaces(request, { abortSignal: signal });
      return { items: page.NetworkInterfaces ?? [], next: page.NextToken };
    }),
  );
  return found.map(readInterface);
}
