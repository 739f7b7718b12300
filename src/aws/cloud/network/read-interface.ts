import type { NetworkInterface as AwsInterface } from '@aws-sdk/client-ec2';
import type { NetworkInterface } from '../../../core/lake/network.ts';
import { nameIn } from '../tags.ts';
import { canonicalAddress } from './canonical-address.ts';

/** A network interface in our words; its name is its tag, or AWS's description: `Interface for NAT Gateway nat-…`. */
export function readInterface(found: AwsInterface): NetworkInterface {
  return {
    id: found.NetworkInterfaceId ?? '',
    vpcId: found.VpcId ?? '',
    subnetId: found.SubnetId ?? '',
    addresses: addressesOf(found),
    instanceId: found.Attachment?.InstanceId,
    name: nameIn(found.TagSet, found.Description),
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
