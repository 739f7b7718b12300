import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SAMPLE_NETWORK } from '../../../src/playground/aws/network.ts';
import { OUTSIDE } from '../../../src/playground/aws/outside.ts';

function block(...cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix] = cidr.split('/');
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

const DOCUMENTATION = block('192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32');

describe('the sample network', () => {
  it('gives every interface well-formed ids and addresses of its own', () => {
    const { interfaces } = SAMPLE_NETWORK;
    for (const host of interfaces) {
      expect(host.interfaceId).toMatch(/^eni-[0-9a-f]{17}$/);
      expect(host.instanceId ?? 'i-00000000000000000').toMatch(/^i-[0-9a-f]{17}$/);
      expect(host.instanceId !== undefined).toBe(host.kind === 'instance');
      for (const { groupId } of host.securityGroups) expect(groupId).toMatch(/^sg-[0-9a-f]{17}$/);
    }
    for (const unique of ['name', 'interfaceId', 'address'] as const) {
      expect(new Set(interfaces.map((host) => host[unique])).size).toBe(interfaces.length);
    }
  });

  it('keeps every address in its subnet and every subnet in the VPC', () => {
    for (const { subnet, address, secondaryAddresses, ipv6Addresses } of SAMPLE_NETWORK.interfaces) {
      const own = block(subnet.cidr, subnet.ipv6Cidr);
      for (const each of [address, ...secondaryAddresses, ...ipv6Addresses])
        expect(holds(own, each)).toBe(true);
    }
    const vpc = block(SAMPLE_NETWORK.cidr, SAMPLE_NETWORK.ipv6Cidr);
    for (const { subnetId, cidr, ipv6Cidr } of SAMPLE_NETWORK.subnets) {
      expect(subnetId).toMatch(/^subnet-[0-9a-f]{17}$/);
      for (const each of [cidr, ipv6Cidr]) expect(holds(vpc, each.split('/')[0] ?? '')).toBe(true);
    }
  });

  it('uses only addresses that are not assigned on the internet', () => {
    const { office, ...internet } = OUTSIDE;
    expect(holds(block('172.16.0.0/12'), office)).toBe(true);
    const published = SAMPLE_NETWORK.interfaces.flatMap(({ publicAddress }) => publicAddress ?? []);
    const outside = [...Object.values(internet).flat(), ...published];
    for (const address of outside) expect(holds(DOCUMENTATION, address)).toBe(true);
    expect(new Set(outside).size).toBe(outside.length);
  });
});
