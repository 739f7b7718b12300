import { expect, it } from 'vitest';
import { ec2, script } from '../../fakes/aws/answers.ts';
import { givenAws, signal } from '../given-aws.ts';

const GATEWAY = {
  networkInterfaceId: 'eni-0a',
  vpcId: 'vpc-0a',
  subnetId: 'subnet-0a',
  availabilityZone: 'eu-central-1a',
  interfaceType: 'nat_gateway',
  requesterId: '012345678901',
  description: 'Interface for NAT Gateway nat-0a',
  privateIpAddress: '10.0.1.5',
  association: { publicIp: '203.0.113.9' },
  privateIpAddressesSet: [
    { privateIpAddress: '10.0.1.5', primary: true, association: { publicIp: '203.0.113.9' } },
    { privateIpAddress: '10.0.1.6', primary: false, association: { publicIp: '203.0.113.10' } },
  ],
  ipv6AddressesSet: [{ ipv6Address: '2001:0DB8:0:0:0:0:0:5' }],
};

const SERVER = {
  networkInterfaceId: 'eni-0b',
  vpcId: 'vpc-0a',
  subnetId: 'subnet-0a',
  description: 'Primary network interface',
  privateIpAddress: '10.0.1.7',
  attachment: { instanceId: 'i-0b', attachTime: '2026-03-05T12:10:00.000Z' },
  groupSet: [{ groupId: 'sg-0a', groupName: 'web' }],
  tagSet: [{ key: 'Name', value: 'web-1' }],
};

it('network interfaces are read from every page with all their addresses, in canonical form', async () => {
  const { site } = await givenAws(
    script({
      DescribeNetworkInterfaces: [
        ec2({ networkInterfaceSet: [GATEWAY], nextToken: 'more' }),
        ec2({ networkInterfaceSet: [SERVER] }),
      ],
    }),
  );
  expect(await site.network.interfaces({}, signal)).toEqual([
    {
      id: 'eni-0a',
      vpcId: 'vpc-0a',
      subnetId: 'subnet-0a',
      zone: 'eu-central-1a',
      addresses: ['10.0.1.5', '203.0.113.9', '10.0.1.6', '203.0.113.10', '2001:db8::5'],
      publicAddresses: ['203.0.113.9', '203.0.113.10'],
      instanceId: undefined,
      name: 'Interface for NAT Gateway nat-0a',
      securityGroups: [],
      interfaceType: 'nat_gateway',
      requesterId: '012345678901',
      description: 'Interface for NAT Gateway nat-0a',
      attachedAt: undefined,
    },
    {
      id: 'eni-0b',
      vpcId: 'vpc-0a',
      subnetId: 'subnet-0a',
      zone: '',
      addresses: ['10.0.1.7'],
      publicAddresses: [],
      instanceId: 'i-0b',
      name: 'web-1',
      securityGroups: [{ id: 'sg-0a', name: 'web' }],
      interfaceType: '',
      requesterId: undefined,
      description: 'Primary network interface',
      attachedAt: new Date('2026-03-05T12:10:00Z'),
    },
  ]);
});

it('an address is looked up among private, public and IPv6 ones, and each interface is found once', async () => {
  const { aws, site } = await givenAws(
    script({ DescribeNetworkInterfaces: [ec2({ networkInterfaceSet: [GATEWAY] })] }),
  );
  const addresses = ['10.0.1.5', '2001:db8:0::5'];
  const found = await site.network.interfaces({ vpcIds: ['vpc-0a'], addresses }, signal);
  expect(found.map(({ id }) => id)).toEqual(['eni-0a']);
  const asked = aws.calls.filter(({ action }) => action === 'DescribeNetworkInterfaces');
  expect(asked.map(({ params }) => [params['Filter.2.Name'], params['Filter.2.Value.1']]).toSorted()).toEqual(
    [
      ['addresses.association.public-ip', '10.0.1.5'],
      ['addresses.private-ip-address', '10.0.1.5'],
      ['ipv6-addresses.ipv6-address', '2001:db8::5'],
    ],
  );
});

it('a VPC, a subnet and an interface are found by their ids, and nothing else is', async () => {
  const { site } = await givenAws(
    script({
      DescribeVpcs: [ec2({ vpcSet: [{ vpcId: 'vpc-0a', tagSet: [{ key: 'Name', value: 'main' }] }] })],
      DescribeSubnets: [
        ec2({ subnetSet: [] }),
        ec2({ subnetSet: [{ subnetId: 'subnet-0a', vpcId: 'vpc-0a' }] }),
      ],
      DescribeNetworkInterfaces: [ec2({ networkInterfaceSet: [SERVER] })],
    }),
  );
  const vpc = { id: 'vpc-0a', kind: 'vpc', vpcId: 'vpc-0a', subnetId: undefined, name: 'main' };
  const subnet = { id: 'subnet-0a', kind: 'subnet', vpcId: 'vpc-0a', subnetId: 'subnet-0a', name: '' };
  const server = { id: 'eni-0b', kind: 'interface', vpcId: 'vpc-0a', subnetId: 'subnet-0a', name: 'web-1' };
  expect(await site.network.resource('vpc-0a', signal)).toEqual(vpc);
  expect(await site.network.resource('subnet-0z', signal)).toBeUndefined();
  expect(await site.network.resource('subnet-0a', signal)).toEqual(subnet);
  expect(await site.network.resource('eni-0b', signal)).toEqual(server);
  expect(await site.network.resource('tgw-0a', signal)).toBeUndefined();
});

it('names are the Name tags of instances and interfaces, from every page', async () => {
  const tag = (resourceId: string, value: string) => ({ resourceId, key: 'Name', value });
  const { aws, site } = await givenAws(
    script({
      DescribeTags: [
        ec2({ tagSet: [tag('i-0b', 'web-1'), tag('i-0c', '')], nextToken: 'more' }),
        ec2({ tagSet: [tag('eni-0a', 'gateway')] }),
      ],
    }),
  );
  expect(await site.network.nameTags(signal)).toEqual([
    { id: 'i-0b', name: 'web-1' },
    { id: 'eni-0a', name: 'gateway' },
  ]);
  const [{ params } = { params: {} }] = aws.calls.filter(({ action }) => action === 'DescribeTags');
  expect(params).toMatchObject({
    'Filter.1.Name': 'key',
    'Filter.1.Value.1': 'Name',
    'Filter.2.Name': 'resource-type',
    'Filter.2.Value.1': 'instance',
    'Filter.2.Value.2': 'network-interface',
  });
});

it('tags of resources are asked for by their ids, and those without a value are left out', async () => {
  const tag = (key: string, value: string) => ({ resourceId: 'i-0b', key, value });
  const { aws, site } = await givenAws(
    script({ DescribeTags: [ec2({ tagSet: [tag('team', 'blue'), tag('owner', '')] })] }),
  );
  expect(await site.network.tagsOf(['i-0b', 'eni-0a'], signal)).toEqual([
    { id: 'i-0b', key: 'team', value: 'blue' },
  ]);
  expect(await site.network.tagsOf([], signal)).toEqual([]);
  const [{ params } = { params: {} }, ...others] = aws.calls.filter(
    ({ action }) => action === 'DescribeTags',
  );
  expect(others).toEqual([]);
  expect(params).toMatchObject({
    'Filter.1.Name': 'resource-id',
    'Filter.1.Value.1': 'i-0b',
    'Filter.1.Value.2': 'eni-0a',
  });
});

it('a load balancer is looked up by what AWS writes into the descriptions of its interfaces', async () => {
  const { aws, site } = await givenAws(
    script({ DescribeNetworkInterfaces: [ec2({ networkInterfaceSet: [GATEWAY] })] }),
  );
  await site.network.interfaces({ loadBalancers: ['shop'] }, signal);
  const [{ params } = { params: {} }] = aws.calls.filter(
    ({ action }) => action === 'DescribeNetworkInterfaces',
  );
  expect(params).toMatchObject({
    'Filter.1.Name': 'description',
    'Filter.1.Value.1': 'ELB app/shop/*',
    'Filter.1.Value.2': 'ELB net/shop/*',
  });
});
