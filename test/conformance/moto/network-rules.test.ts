import type { EC2 } from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { NetworkInterface } from '../../../src/core/lake/network.ts';
import { evaluateRules } from '../../../src/core/query/evaluate-rules.ts';
import { signal } from '../../aws/given-aws.ts';
import { textOf } from '../../support/text-of.ts';
import { type JudgedAws, judgedAws, newName } from '../judged-aws.ts';

/** A VPC with a subnet for clients and one for a database, an interface and a group in each. */
interface Made {
  readonly vpcId: string;
  readonly appSubnet: string;
  readonly dbSubnet: string;
  readonly appGroup: string;
  readonly dbGroup: string;
  readonly app: string;
  readonly db: string;
}

let aws: JudgedAws;
let ec2: EC2;
let made: Made;
beforeEach(async () => {
  aws = await judgedAws(inject('moto'));
  ec2 = await aws.clients.ec2();
  made = await makeNetwork();
});

async function makeNetwork(): Promise<Made> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const vpcId = Vpc?.VpcId ?? '';
  const subnet = async (CidrBlock: string) =>
    (await ec2.createSubnet({ VpcId: vpcId, CidrBlock })).Subnet?.SubnetId ?? '';
  const group = async (name: string) => {
    const request = { GroupName: newName(name), Description: name, VpcId: vpcId };
    return (await ec2.createSecurityGroup(request)).GroupId ?? '';
  };
  const [appSubnet, dbSubnet] = [await subnet('10.0.11.0/24'), await subnet('10.0.21.0/24')];
  const [appGroup, dbGroup] = [await group('app'), await group('db')];
  const networkInterface = async (SubnetId: string, PrivateIpAddress: string, group: string) => {
    const request = { SubnetId, PrivateIpAddress, Groups: [group] };
    return (await ec2.createNetworkInterface(request)).NetworkInterface?.NetworkInterfaceId ?? '';
  };
  const app = await networkInterface(appSubnet, '10.0.11.41', appGroup);
  const db = await networkInterface(dbSubnet, '10.0.21.31', dbGroup);
  return { vpcId, appSubnet, dbSubnet, appGroup, dbGroup, app, db };
}

async function letIn(GroupId: string, port: number, from: object): Promise<void> {
  const permission = { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...from };
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [permission] });
}

/** A conversation of app-1, to db-1 unless another address is said. */
async function evaluated(port: number, to?: string) {
  const [client, server] = await interfacesOf([made.app, made.db]);
  const rules = await aws.site.network.rulesOf([client, server], signal);
  const end = (networkInterface: NetworkInterface) => ({
    address: networkInterface.addresses[0] ?? '',
    ours: { networkInterface, rules },
  });
  return evaluateRules({
    ...{ protocol: 6, port, client: end(client) },
    server: to === undefined ? end(server) : { address: to, ours: undefined },
  });
}

async function interfacesOf(ids: readonly [string, string]): Promise<[NetworkInterface, NetworkInterface]> {
  const found = await aws.site.network.interfaces({ ids }, signal);
  const [first, second] = ids.map((id) => found.find((each) => each.id === id));
  if (first === undefined || second === undefined) throw new RangeError('an interface is missing');
  return [first, second];
}

async function deciding(...asked: Parameters<typeof evaluated>) {
  const evaluation = await evaluated(...asked);
  return [evaluation.verdict, textOf(evaluation.deciding?.sentence ?? [])];
}

describe('a security group', () => {
  it('allows a group, a block and a prefix list, and nothing else', async () => {
    expect((await deciding(5432))[0]).toBe('denied');
    await letIn(made.dbGroup, 5432, { UserIdGroupPairs: [{ GroupId: made.appGroup }] });
    await letIn(made.dbGroup, 5433, { IpRanges: [{ CidrIp: '10.0.11.0/24' }] });
    const { PrefixList } = await ec2.createManagedPrefixList({
      ...{ PrefixListName: newName('clients'), MaxEntries: 5, AddressFamily: 'IPv4' },
      Entries: [{ Cidr: '10.0.11.0/28' }, { Cidr: '10.0.11.32/27' }],
    });
    await letIn(made.dbGroup, 5434, { PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId ?? '' }] });
    for (const port of [5432, 5433, 5434]) expect(await deciding(port)).toEqual(['allowed', '']);
    expect((await deciding(5435))[0]).toBe('denied');
  });

  it('that is not attached is named where it would allow', async () => {
    const request = { GroupName: newName('clients'), Description: 'clients', VpcId: made.vpcId };
    const { GroupId = '' } = await ec2.createSecurityGroup(request);
    await letIn(GroupId, 5432, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
    const [verdict, sentence] = await deciding(5432);
    expect(verdict).toBe('denied');
    expect(sentence).toMatch(
      new RegExp(
        `^no inbound rule of ${made.dbGroup} \\(db.*\\) allows tcp 5432 from 10.0.11.41; ${GroupId} \\(.*\\) would, and is not attached$`,
      ),
    );
  });
});

describe('a network ACL', () => {
  async function replaceAcl(): Promise<string> {
    const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId: made.vpcId });
    const NetworkAclId = NetworkAcl?.NetworkAclId ?? '';
    const { NetworkAcls } = await ec2.describeNetworkAcls({
      Filters: [{ Name: 'association.subnet-id', Values: [made.dbSubnet] }],
    });
    const old = NetworkAcls?.flatMap(({ Associations }) => Associations ?? []).find(
      ({ SubnetId }) => SubnetId === made.dbSubnet,
    );
    await ec2.replaceNetworkAclAssociation({ NetworkAclId, AssociationId: old?.NetworkAclAssociationId });
    return NetworkAclId;
  }

  const allowed = (NetworkAclId: string, Egress: boolean, From: number, To: number) =>
    ec2.createNetworkAclEntry({
      ...{ NetworkAclId, Egress, RuleNumber: 100, RuleAction: 'allow', Protocol: '6' },
      ...{ CidrBlock: '10.0.0.0/16', PortRange: { From, To } },
    });

  it('denies what no entry allows, by the first that fits, and replies by the ports of the client', async () => {
    await letIn(made.dbGroup, 5432, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
    expect(await deciding(5432)).toEqual(['allowed', '']);
    const acl = await replaceAcl();
    const denied = `no inbound rule of ${acl} allows tcp 5432 from 10.0.11.41`;
    expect(await deciding(5432)).toEqual(['denied', denied]);
    await allowed(acl, false, 5432, 5432);
    await allowed(acl, true, 32_768, 65_535);
    expect(await deciding(5432)).toEqual([
      'partly',
      expect.stringMatching(`of tcp 1024-65535 to 10.0.11.41, ${acl} allows only the ports 32768-65535`),
    ]);
    await ec2.createNetworkAclEntry({
      ...{ NetworkAclId: acl, Egress: false, RuleNumber: 90, RuleAction: 'deny', Protocol: '-1' },
      CidrBlock: '10.0.11.32/27',
    });
    expect(await deciding(5432)).toEqual([
      'denied',
      `rule 90 of ${acl} denies all traffic from 10.0.11.32/27`,
    ]);
  });
});

describe('a route table', () => {
  it('is the main one until a subnet has its own, and leads to a NAT gateway, a peering and a transit gateway', async () => {
    const [verdict, sentence] = await deciding(443, '192.0.2.20');
    expect(verdict).toBe('denied');
    expect(sentence).toMatch(new RegExp(`^rtb-\\w+ of ${made.appSubnet} has no route to 192.0.2.20$`));

    const { RouteTable } = await ec2.createRouteTable({ VpcId: made.vpcId });
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    await ec2.associateRouteTable({ RouteTableId, SubnetId: made.appSubnet });
    const { NatGateway } = await ec2.createNatGateway({ SubnetId: made.dbSubnet });
    const natId = NatGateway?.NatGatewayId ?? '';
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: natId });
    const { TransitGateway } = await ec2.createTransitGateway({ Description: 'between' });
    const TransitGatewayId = TransitGateway?.TransitGatewayId ?? '';
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '10.8.0.0/16', TransitGatewayId });
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.9.0.0/16' });
    const peering = await ec2.createVpcPeeringConnection({ VpcId: made.vpcId, PeerVpcId: Vpc?.VpcId });
    const VpcPeeringConnectionId = peering.VpcPeeringConnection?.VpcPeeringConnectionId ?? '';
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId });

    const routed = async (to: string) => {
      const { checks } = await evaluated(443, to);
      return textOf(checks.find(({ kind }) => kind === 'route')?.sentence ?? []);
    };
    expect(await routed('192.0.2.20')).toBe(`the route to 0.0.0.0/0 in ${RouteTableId} goes to ${natId}`);
    expect(await routed('10.8.0.5')).toBe(
      `the route to 10.8.0.0/16 in ${RouteTableId} goes to ${TransitGatewayId}`,
    );
    expect(await routed('10.9.0.5')).toBe(
      `the route to 10.9.0.0/16 in ${RouteTableId} goes to ${VpcPeeringConnectionId}`,
    );
  });
});

it('the subnets of interfaces come with their blocks', async () => {
  const rules = await aws.site.network.rulesOf(await interfacesOf([made.app, made.db]), signal);
  expect(rules.missing).toEqual([]);
  expect(rules.subnets?.map(({ id, blocks }) => [id, ...blocks]).toSorted()).toEqual(
    [
      [made.appSubnet, '10.0.11.0/24'],
      [made.dbSubnet, '10.0.21.0/24'],
    ].toSorted(),
  );
});
