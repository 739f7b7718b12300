import { beforeEach, expect, inject, it } from 'vitest';
import { signal } from '../../aws/given-aws.ts';
import { type JudgedAws, judgedAws } from '../judged-aws.ts';

let aws: JudgedAws;
let made: { readonly vpcId: string; readonly subnetId: string; readonly interfaceIds: readonly string[] };
beforeEach(async () => {
  aws = await judgedAws(inject('moto'));
  const ec2 = await aws.clients.ec2();
  const named = (ResourceType: 'vpc' | 'network-interface', Value: string) => [
    { ResourceType, Tags: [{ Key: 'Name', Value }] },
  ];
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16', TagSpecifications: named('vpc', 'main') });
  const vpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.1.0/24' });
  const subnetId = Subnet?.SubnetId ?? '';
  const requests = [
    {
      PrivateIpAddresses: [
        { PrivateIpAddress: '10.0.1.5', Primary: true },
        { PrivateIpAddress: '10.0.1.6', Primary: false },
      ],
      TagSpecifications: named('network-interface', 'web-1'),
    },
    { PrivateIpAddress: '10.0.1.7', Description: 'of a database' },
  ];
  const interfaceIds: string[] = [];
  for (const request of requests) {
    const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: subnetId, ...request });
    interfaceIds.push(NetworkInterface?.NetworkInterfaceId ?? '');
  }
  made = { vpcId, subnetId, interfaceIds };
});

it('a VPC, a subnet and an interface are found by their ids, and a missing one is not', async () => {
  const { network } = aws.site;
  const {
    vpcId,
    subnetId,
    interfaceIds: [interfaceId = ''],
  } = made;
  expect(await network.resource(vpcId, signal)).toMatchObject({ kind: 'vpc', vpcId, name: 'main' });
  expect(await network.resource(subnetId, signal)).toMatchObject({ kind: 'subnet', vpcId, subnetId });
  expect(await network.resource(interfaceId, signal)).toEqual({
    id: interfaceId,
    kind: 'interface',
    vpcId,
    subnetId,
    name: 'web-1',
  });
  for (const id of ['vpc-00000000', 'subnet-00000000', 'eni-00000000']) {
    expect(await network.resource(id, signal)).toBeUndefined();
  }
});

it('interfaces are found by their network and their ids, with all their addresses', async () => {
  const { vpcId, subnetId, interfaceIds } = made;
  const found = await aws.site.network.interfaces({ vpcIds: [vpcId] }, signal);
  const [first, second] = interfaceIds;
  const group = { id: expect.stringMatching(/^sg-/), name: 'default' };
  const common = {
    ...{ vpcId, subnetId, publicAddresses: [], instanceId: undefined, securityGroups: [group] },
    ...{ zone: expect.stringMatching(/^eu-central-1[a-z]$/), interfaceType: 'interface' },
  };
  expect(found.toSorted((a, b) => (a.addresses.join() < b.addresses.join() ? -1 : 1))).toMatchObject([
    { ...common, id: first, addresses: ['10.0.1.5', '10.0.1.6'], name: 'web-1' },
    { ...common, id: second, addresses: ['10.0.1.7'], name: 'of a database', description: 'of a database' },
  ]);
  const byId = await aws.site.network.interfaces({ ids: [second ?? ''], vpcIds: [vpcId] }, signal);
  expect(byId.map(({ id }) => id)).toEqual([second]);
});

it('names are the Name tags of interfaces, and of nothing that has no address', async () => {
  const { interfaceIds } = made;
  const tags = await aws.site.network.nameTags(signal);
  expect(tags.filter(({ id }) => interfaceIds.includes(id))).toEqual([
    { id: interfaceIds[0], name: 'web-1' },
  ]);
  expect(tags.filter(({ id }) => !/^(?:i|eni)-/.test(id))).toEqual([]);
});

it('instances are called by their `Name` tags, and by nothing else', async () => {
  const ec2 = await aws.clients.ec2();
  const image = { ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, SubnetId: made.subnetId };
  const run = async (tags: Readonly<Record<string, string>>) => {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const { Instances } = await ec2.runInstances({
      ...image,
      TagSpecifications: [{ ResourceType: 'instance', Tags }],
    });
    return Instances?.[0]?.InstanceId ?? '';
  };
  const [app, other] = [await run({ Name: 'app-1', team: 'blue' }), await run({ team: 'red' })];
  const names = new Map((await aws.site.network.nameTags(signal)).map(({ id, name }) => [id, name]));
  expect(names.get(app)).toBe('app-1');
  expect(names.has(other)).toBe(false);
  const tags = await aws.site.network.tagsOf([app], signal);
  expect(tags.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
    { id: app, key: 'Name', value: 'app-1' },
    { id: app, key: 'team', value: 'blue' },
  ]);
  const [networkInterface] = await aws.site.network.interfaces({ instanceIds: [app] }, signal);
  expect(networkInterface?.instanceId).toBe(app);
  // The interface has no tag of its own: a listing alone would not say what it is.
  expect(networkInterface?.name).not.toBe('app-1');
});
