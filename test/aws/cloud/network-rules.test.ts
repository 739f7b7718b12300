import { expect, it } from 'vitest';
import { CloudError } from '../../../src/core/lake/cloud.ts';
import { ec2, ec2Fault, script } from '../../fakes/aws/answers.ts';
import type { AwsAnswer } from '../../fakes/aws/fake-aws.ts';
import type { XmlValue } from '../../fakes/aws/to-xml.ts';
import { anInterface } from '../../support/an-interface.ts';
import { givenAws, REGION, signal } from '../given-aws.ts';

const ALL = { protocol: undefined, ports: undefined, icmp: undefined };
const SERVER = anInterface({ securityGroups: [{ id: 'sg-0a1', name: 'db' }] });
const EMPTY: Readonly<Record<string, readonly AwsAnswer[]>> = {
  DescribeSecurityGroups: [ec2({ securityGroupInfo: [] })],
  DescribeNetworkAcls: [ec2({ networkAclSet: [] })],
  DescribeRouteTables: [ec2({ routeTableSet: [] })],
  DescribeSubnets: [ec2({ subnetSet: [] })],
};

const group = (ipPermissions: XmlValue, groupId = 'sg-0a1') => ({
  ...{ groupId, groupName: 'db', vpcId: 'vpc-1', ipPermissions },
  ipPermissionsEgress: [{ ipProtocol: '-1', ipRanges: [{ cidrIp: '0.0.0.0/0' }] }],
});

async function rulesGiven(answers: typeof EMPTY, interfaces = [SERVER]) {
  const { aws, site } = await givenAws(script({ ...EMPTY, ...answers }));
  return { aws, rules: await site.network.rulesOf(interfaces, signal) };
}

it('reads each rule of a security group for each whom it allows', async () => {
  const { rules } = await rulesGiven({
    DescribeSecurityGroups: [
      ec2({
        securityGroupInfo: [
          group([
            {
              ...{ ipProtocol: 'tcp', fromPort: 5432, toPort: 5433 },
              ipRanges: [{ cidrIp: '10.0.0.0/16' }, { cidrIp: '10.1.0.0/16' }],
              ipv6Ranges: [{ cidrIpv6: '2001:db8::/32' }],
              groups: [{ groupId: 'sg-0c3', userId: '210987654321' }],
              prefixListIds: [{ prefixListId: 'pl-0a' }],
            },
            { ipProtocol: 'icmp', fromPort: 8, toPort: -1, ipRanges: [{ cidrIp: '10.0.0.0/8' }] },
            { ipProtocol: 'icmpv6', fromPort: -1, toPort: -1, ipv6Ranges: [{ cidrIpv6: '::/0' }] },
            { ipProtocol: '50', ipRanges: [{ cidrIp: '10.0.0.0/8' }] },
          ]),
        ],
      }),
    ],
    GetManagedPrefixListEntries: [
      ec2({ entrySet: [{ cidr: '10.7.0.0/16' }], nextToken: 'more' }),
      ec2({ entrySet: [{ cidr: '10.8.0.0/16' }] }),
    ],
  });
  const postgres = { protocol: 6, ports: { from: 5432, to: 5433 }, icmp: undefined };
  expect(rules.region).toBe(REGION);
  expect(rules.securityGroups).toEqual([
    {
      ...{ id: 'sg-0a1', name: 'db', vpcId: 'vpc-1' },
      inbound: [
        { traffic: postgres, peer: { kind: 'block', block: '10.0.0.0/16' } },
        { traffic: postgres, peer: { kind: 'block', block: '10.1.0.0/16' } },
        { traffic: postgres, peer: { kind: 'block', block: '2001:db8::/32' } },
        { traffic: postgres, peer: { kind: 'group', id: 'sg-0c3', account: '210987654321' } },
        { traffic: postgres, peer: { kind: 'prefix-list', id: 'pl-0a' } },
        {
          traffic: { ...ALL, protocol: 1, icmp: { type: 8, code: undefined } },
          peer: { kind: 'block', block: '10.0.0.0/8' },
        },
        { traffic: { ...ALL, protocol: 58 }, peer: { kind: 'block', block: '::/0' } },
        { traffic: { ...ALL, protocol: 50 }, peer: { kind: 'block', block: '10.0.0.0/8' } },
      ],
      outbound: [{ traffic: ALL, peer: { kind: 'block', block: '0.0.0.0/0' } }],
    },
  ]);
  expect(rules.prefixLists).toEqual(new Map([['pl-0a', ['10.7.0.0/16', '10.8.0.0/16']]]));
});

it('reads a network ACL of every page, each direction in the order in which EC2 asks', async () => {
  const entry = (ruleNumber: number, egress: boolean, more: object = {}) => ({
    ...{ ruleNumber, egress, protocol: '-1', ruleAction: 'deny', cidrBlock: '0.0.0.0/0' },
    ...more,
  });
  const acl = {
    networkAclId: 'acl-0a',
    tagSet: [{ key: 'Name', value: 'data' }],
    associationSet: [{ networkAclId: 'acl-0a', subnetId: 'subnet-1' }],
    entrySet: [
      entry(32767, false),
      entry(200, false, { protocol: '1', ruleAction: 'allow', icmpTypeCode: { type: 8, code: 0 } }),
      entry(100, false, { protocol: '6', ruleAction: 'allow', portRange: { from: 22, to: 23 } }),
      entry(32768, true, { cidrBlock: undefined, ipv6CidrBlock: '::/0' }),
    ],
  };
  const { rules } = await rulesGiven({
    DescribeNetworkAcls: [ec2({ networkAclSet: [], nextToken: 'more' }), ec2({ networkAclSet: [acl] })],
  });
  const block = '0.0.0.0/0';
  expect(rules.networkAcls).toEqual([
    {
      ...{ id: 'acl-0a', name: 'data', subnetIds: ['subnet-1'] },
      inbound: [
        {
          ...{ number: 100, action: 'allow', block },
          traffic: { ...ALL, protocol: 6, ports: { from: 22, to: 23 } },
        },
        {
          ...{ number: 200, action: 'allow', block },
          traffic: { ...ALL, protocol: 1, icmp: { type: 8, code: 0 } },
        },
        { number: 32767, action: 'deny', traffic: ALL, block },
      ],
      outbound: [{ number: 32768, action: 'deny', traffic: ALL, block: '::/0' }],
    },
  ]);
});

it('reads route tables with what each route leads to', async () => {
  const to = (destinationCidrBlock: string, target: object) => ({
    ...{ destinationCidrBlock, state: 'active', origin: 'CreateRoute' },
    ...target,
  });
  const { rules } = await rulesGiven({
    DescribeRouteTables: [
      ec2({
        routeTableSet: [
          {
            ...{ routeTableId: 'rtb-0a', vpcId: 'vpc-1' },
            associationSet: [{ main: true }, { main: false, subnetId: 'subnet-1' }],
            routeSet: [
              to('10.0.0.0/16', { gatewayId: 'local' }),
              to('0.0.0.0/0', { natGatewayId: 'nat-0a' }),
              to('10.9.0.0/16', { vpcPeeringConnectionId: 'pcx-0e5', state: 'blackhole' }),
              to('10.8.0.0/16', { gatewayId: 'vgw-0a', origin: 'EnableVgwRoutePropagation' }),
              to('10.7.0.0/16', { instanceId: 'i-0a', networkInterfaceId: 'eni-0a' }),
              { destinationIpv6CidrBlock: '::/0', egressOnlyInternetGatewayId: 'eigw-0a', state: 'active' },
              { destinationPrefixListId: 'pl-0a', gatewayId: 'vpce-0a', state: 'active' },
              to('10.6.0.0/16', { coreNetworkArn: 'arn:aws:networkmanager::1:core-network/core-network-0a' }),
            ],
          },
        ],
      }),
    ],
    GetManagedPrefixListEntries: [ec2Fault('InvalidPrefixListID.NotFound')],
  });
  const [table] = rules.routeTables ?? [];
  expect(table).toMatchObject({ id: 'rtb-0a', isMain: true, subnetIds: ['subnet-1'] });
  expect(table?.routes.map(({ destination, target, targetId }) => [destination, target, targetId])).toEqual([
    ['10.0.0.0/16', 'local', 'local'],
    ['0.0.0.0/0', 'nat-gateway', 'nat-0a'],
    ['10.9.0.0/16', 'peering', 'pcx-0e5'],
    ['10.8.0.0/16', 'vpn-gateway', 'vgw-0a'],
    ['10.7.0.0/16', 'interface', 'eni-0a'],
    ['::/0', 'egress-only-gateway', 'eigw-0a'],
    ['pl-0a', 'endpoint', 'vpce-0a'],
    ['10.6.0.0/16', 'other', 'arn:aws:networkmanager::1:core-network/core-network-0a'],
  ]);
  expect(table?.routes.map(({ isBlackhole }) => isBlackhole).indexOf(true)).toBe(2);
  expect(table?.routes.map(({ isPropagated }) => isPropagated).indexOf(true)).toBe(3);
  expect(rules.prefixLists.size).toBe(0);
  expect(rules.missing).toEqual([]);
});

it('reads the subnets of the interfaces, IPv4 and IPv6', async () => {
  const { rules } = await rulesGiven({
    DescribeSubnets: [
      ec2({
        subnetSet: [
          {
            ...{ subnetId: 'subnet-1', cidrBlock: '10.0.1.0/24' },
            tagSet: [{ key: 'Name', value: 'data-a' }],
            ipv6CidrBlockAssociationSet: [{ ipv6CidrBlock: '2001:db8:1::/64' }],
          },
        ],
      }),
    ],
  });
  expect(rules.subnets).toEqual([
    { id: 'subnet-1', name: 'data-a', blocks: ['10.0.1.0/24', '2001:db8:1::/64'] },
  ]);
});

it('names what it may not read, and reads the rest', async () => {
  const denied = ec2Fault('UnauthorizedOperation', 'You are not authorized', 403);
  const { rules } = await rulesGiven({
    DescribeNetworkAcls: [denied],
    DescribeSecurityGroups: [
      ec2({
        securityGroupInfo: [group([{ ipProtocol: '-1', prefixListIds: [{ prefixListId: 'pl-0a' }] }])],
      }),
    ],
    GetManagedPrefixListEntries: [denied],
  });
  expect(rules.missing).toEqual(['ec2:DescribeNetworkAcls', 'ec2:GetManagedPrefixListEntries']);
  expect(rules.networkAcls).toBeUndefined();
  expect(rules.securityGroups).toHaveLength(1);
  expect(rules.routeTables).toEqual([]);
  expect(rules.prefixLists.size).toBe(0);
});

it('knows no groups where they are denied', async () => {
  const { rules } = await rulesGiven({ DescribeSecurityGroups: [ec2Fault('UnauthorizedOperation')] });
  expect(rules).toMatchObject({ securityGroups: undefined, missing: ['ec2:DescribeSecurityGroups'] });
});

it('looks for an attached group that no VPC of the interfaces has by its id', async () => {
  const { aws, rules } = await rulesGiven({
    DescribeSecurityGroups: [
      ec2({ securityGroupInfo: [group([], 'sg-0b2')] }),
      ec2({ securityGroupInfo: [group([])] }),
    ],
  });
  expect(rules.securityGroups?.map(({ id }) => id)).toEqual(['sg-0b2', 'sg-0a1']);
  const asked = aws.calls.filter(({ action }) => action === 'DescribeSecurityGroups');
  expect(asked.map(({ params }) => [params['Filter.1.Name'], params['Filter.1.Value.1']])).toEqual([
    ['vpc-id', 'vpc-1'],
    ['group-id', 'sg-0a1'],
  ]);
});

it('asks for the subnets of at most 200 interfaces a call', async () => {
  const many = Array.from({ length: 201 }, (_, index) => anInterface({ subnetId: `subnet-${index}` }));
  const { aws } = await rulesGiven({}, many);
  const times = (name: string) => aws.calls.filter(({ action }) => action === name).length;
  expect(['DescribeSubnets', 'DescribeNetworkAcls', 'DescribeRouteTables'].map(times)).toEqual([2, 2, 1]);
});

it('fails as EC2 does for any other fault', async () => {
  await expect(rulesGiven({ DescribeRouteTables: [ec2Fault('InvalidParameterValue')] })).rejects.toThrow(
    CloudError,
  );
});
