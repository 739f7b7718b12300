import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Name, Names } from '../../../src/core/lake/names.ts';
import {
  awsServiceName,
  namesByRecords,
  type RecordedInterface,
} from '../../../src/core/lake/recorded-names.ts';

const ADDRESS = '10.0.1.5';
const ENI = 'eni-1';
const since = new Date('2026-03-05T13:58:00Z');

const ec2 = (name: string, changes: Partial<Name> = {}): Name => ({
  name,
  from: 'EC2',
  since: undefined,
  ...changes,
});

/** What the address is called where EC2 and the records say this. */
function nameBy(
  said: readonly Partial<RecordedInterface>[],
  known: Readonly<Record<string, Name>> = {},
  instanceNames: Readonly<Record<string, string>> = {},
): Name | undefined {
  const interfaces = said.map((each) => ({ address: ADDRESS, interfaceId: ENI, ...each }));
  const names: Names = new Map(Object.entries(known));
  const recorded = { interfaces, services: new Map<string, string>() };
  return namesByRecords(names, recorded, new Map(Object.entries(instanceNames))).get(ADDRESS);
}

describe('an address is called, by its records', () => {
  const task = {
    ecsTaskDefinition: 'arn:aws:ecs:eu-central-1:1:task-definition/checkout:7',
    ecsTask: '1a2b3c4d5e6f',
  };
  it.each<readonly [string, Partial<RecordedInterface>, string]>([
    ['the service of ECS', { ...task, ecsService: 'shop', instanceId: 'i-1' }, 'ECS shop'],
    ['the family of its task', task, 'ECS checkout'],
    ['its task', { ecsTask: '1a2b3c4d5e6f' }, 'ECS task 1a2b3c4d'],
    ['the tag of its interface', { interfaceTag: 'a', instanceTag: 'b', instanceId: 'i-1' }, 'tag a'],
    ['the tag of its instance', { instanceTag: 'b', groupTag: 'c', instanceId: 'i-1' }, 'tag b'],
    ['the tag of its group', { groupTag: 'c', instanceId: 'i-1' }, 'tag c'],
    ['its instance', { instanceId: 'i-1' }, 'i-1'],
    ['what AWS made the interface for', { type: 'nat_gateway' }, 'NAT gateway'],
    ['a NAT gateway of a region', { type: 'regional_nat_gateway' }, 'NAT gateway'],
    ['a transit gateway', { type: 'transit_gateway' }, 'transit gateway'],
  ])('after %s', (_, said, name) => {
    expect(nameBy([said])).toEqual({ name, from: 'records', since: undefined });
  });

  it('nothing, where they say nothing', () => {
    expect(nameBy([{}])).toBeUndefined();
    expect(nameBy([{ type: 'branch' }])).toBeUndefined();
  });
});

describe('where EC2 knows the address too', () => {
  it.each<
    readonly [
      string,
      Partial<RecordedInterface>,
      Readonly<Record<string, Name>>,
      Readonly<Record<string, string>>,
      Name | undefined,
    ]
  >([
    [
      'its name of the interface that recorded it counts, for it says more than an id',
      { instanceId: 'i-1' },
      { [ADDRESS]: ec2('app-1'), [ENI]: ec2('app-1') },
      {},
      ec2('app-1'),
    ],
    [
      'its name of that interface counts also where the address is now of another',
      {},
      { [ADDRESS]: ec2('app-7'), [ENI]: ec2('app-1') },
      {},
      ec2('app-1'),
    ],
    [
      'its name of the instance that is recorded counts where the address is now of another',
      { instanceId: 'i-1' },
      { [ADDRESS]: ec2('app-7', { since }) },
      { 'i-1': 'app-1' },
      ec2('app-1', { from: 'records' }),
    ],
    [
      'the recorded instance counts where the interface belongs to another one only since later',
      { instanceId: 'i-1' },
      { [ADDRESS]: ec2('app-7', { since }), [ENI]: ec2('app-7', { since }) },
      {},
      ec2('i-1', { from: 'records' }),
    ],
    [
      'a service of ECS counts for more',
      { ecsService: 'shop' },
      { [ADDRESS]: ec2('ECS attachment 1a2b3c4d'), [ENI]: ec2('ECS attachment 1a2b3c4d') },
      {},
      ec2('ECS shop', { from: 'records' }),
    ],
    [
      'a recorded tag counts for more than the id of the instance',
      { instanceId: 'i-1', instanceTag: 'web' },
      { [ADDRESS]: ec2('i-1'), [ENI]: ec2('i-1') },
      {},
      ec2('tag web', { from: 'records' }),
    ],
    [
      'its own name of a gateway counts for more than the type',
      { type: 'nat_gateway' },
      { [ADDRESS]: ec2('NAT gateway nat-1'), [ENI]: ec2('NAT gateway nat-1') },
      {},
      ec2('NAT gateway nat-1'),
    ],
    ['the name of another interface is none of then', {}, { [ADDRESS]: ec2('app-7') }, {}, undefined],
    [
      'the name of another interface stays where it says that it is of later',
      {},
      { [ADDRESS]: ec2('app-7', { since }) },
      {},
      ec2('app-7', { since }),
    ],
  ])('%s', (_, said, known, instanceNames, expected) => {
    expect(nameBy([said], known, instanceNames)).toEqual(expected);
  });
});

describe('several records of one address', () => {
  it('name what they agree on', () => {
    expect(
      nameBy([
        { ecsService: 'shop', ecsTask: '1' },
        { ecsService: 'shop', ecsTask: '2' },
      ])?.name,
    ).toBe('ECS shop');
    expect(
      nameBy([
        { ecsService: 'shop', instanceId: 'i-1' },
        { ecsService: 'cart', instanceId: 'i-1' },
      ])?.name,
    ).toBe('i-1');
    expect(nameBy([{ instanceId: 'i-1' }, {}])?.name).toBeUndefined();
  });

  it('of several interfaces leave the name to EC2, which says since when', () => {
    const known = { [ADDRESS]: ec2('app-7', { since }) };
    const moved = [
      { interfaceId: 'eni-1', instanceId: 'i-1' },
      { interfaceId: 'eni-7', instanceId: 'i-7' },
    ];
    expect(nameBy(moved, known)).toEqual(ec2('app-7', { since }));
    expect(nameBy(moved)).toBeUndefined();
  });

  it('name it alike in any order', () => {
    const value = fc.option(fc.constantFrom('a', 'b'), { nil: undefined });
    const owner = fc.record(
      {
        interfaceId: fc.constantFrom('eni-1', 'eni-2'),
        instanceId: value,
        ecsService: value,
        instanceTag: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(owner, { minLength: 1, selector: (each) => JSON.stringify(each) }),
        (owners) => {
          const said = owners as readonly Partial<RecordedInterface>[];
          expect(nameBy(said.toReversed())).toEqual(nameBy(said));
        },
      ),
    );
  });
});

it('what no record speaks of keeps its name', () => {
  const names: Names = new Map([['10.0.9.9', ec2('db-1')]]);
  expect(namesByRecords(names, { interfaces: [], services: new Map() }, new Map())).toEqual(names);
});

it.each([
  ['S3', undefined, 'S3'],
  ['S3', 'S3 us-east-1', 'S3 us-east-1'],
  ['S3', 'EC2 us-east-1', 'S3'],
  ['AMAZON', 'AWS eu-west-1', 'AWS eu-west-1'],
  ['AMAZON', undefined, 'AWS'],
  ['CLOUDFRONT', 'CLOUDFRONT', 'CLOUDFRONT'],
])('an address of %s, published as %s, is called %s', (service, range, name) => {
  expect(awsServiceName(service, range)).toBe(name);
});
