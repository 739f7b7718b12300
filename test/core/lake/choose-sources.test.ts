import { describe, expect, it } from 'vitest';
import { chooseSources, type Subject } from '../../../src/core/lake/choose-sources.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import { A_SUBNET, A_VPC, AN_INTERFACE, aSource, FIELDS } from '../../support/a-source.ts';
import { anInterface } from '../../support/an-interface.ts';

const WINDOW = { from: new Date('2026-11-24T08:00:00Z'), to: new Date('2026-11-24T09:00:00Z') };
const CREATED_WITHIN = '2026-11-24T08:20:00Z';

const HOST = anInterface({ id: 'eni-1', addresses: ['10.0.1.5'], instanceId: 'i-1', name: 'web-1' });
const SUBJECT: Subject = { said: '10.0.1.5', interfaces: [HOST], isPartial: false };
const ELSEWHERE: Subject = {
  said: '10.9.9.9',
  interfaces: [{ ...HOST, id: 'eni-9', subnetId: 'subnet-9', vpcId: 'vpc-9' }],
  isPartial: false,
};
const OUTSIDE: Subject = { said: '198.51.100.7', interfaces: [], isPartial: false };

function chosen(
  all: readonly S3Source[],
  subjects: readonly Subject[] = [],
  scope: Parameters<typeof chooseSources>[1]['scope'] = {},
) {
  const { sources, doubts, remarks } = chooseSources(
    all,
    { window: WINDOW, scope, addresses: [], eni: undefined },
    subjects,
  );
  return { names: sources.map(({ name }) => name), doubts, ...(remarks.length > 0 && { remarks }) };
}

const OTHER_VPC = { ...A_VPC, id: 'vpc-2', vpcId: 'vpc-2' };
const vpc = aSource('fl-0a');
const subnet = aSource('fl-0b', { resource: A_SUBNET });
const eni = aSource('fl-0c', { resource: AN_INTERFACE });
const other = aSource('fl-0d', { resource: OTHER_VPC, account: '999999999999', region: 'eu-central-1' });

describe('the scope that was said', () => {
  it.each([
    [{}, ['fl-0a', 'fl-0d']],
    [{ in: 'fl-0d' }, ['fl-0d']],
    [{ account: '123456789012' }, ['fl-0a']],
    [{ region: 'eu-central-1' }, ['fl-0d']],
    [{ vpc: 'vpc-1' }, ['fl-0a']],
    [{ vpc: 'vpc-1', region: 'eu-central-1' }, []],
    [{ in: 'nothing' }, []],
  ])('%o', (scope, names) => {
    expect(chosen([vpc, other], [], scope).names).toEqual(names);
  });

  it('names a source by its own name, in any case, or by its flow log', () => {
    const named = { ...vpc, name: 'Prod-EU' };
    expect(chosen([named, other], [], { in: 'prod-eu' }).names).toEqual(['Prod-EU']);
    expect(chosen([named, other], [], { in: 'fl-0a' }).names).toEqual(['Prod-EU']);
  });
});

describe('what a question is about', () => {
  it.each([
    ['its interface', eni],
    ['its subnet', subnet],
    ['its VPC', vpc],
  ])('is looked for where %s is recorded, and nowhere else', (_, source) => {
    expect(chosen([source, other], [SUBJECT])).toEqual({ names: [source.name], doubts: [] });
  });

  it('may be of no interface here: then every flow log may have recorded it', () => {
    expect(chosen([vpc, other], [OUTSIDE])).toEqual({ names: ['fl-0a', 'fl-0d'], doubts: [] });
    expect(chosen([vpc, other], [OUTSIDE, SUBJECT])).toEqual({ names: ['fl-0a'], doubts: [] });
  });

  it('may be recorded by no flow log: then what others saw of it is read, with a doubt', () => {
    expect(chosen([vpc, other], [ELSEWHERE])).toEqual({
      names: ['fl-0a', 'fl-0d'],
      doubts: ['no flow log records eni-9 of 10.9.9.9 itself'],
    });
    expect(chosen([vpc], [{ ...ELSEWHERE, said: 'eni-9' }]).doubts).toEqual([
      'no flow log records eni-9 itself',
    ]);
  });

  it('is looked for in what is only configured too, whose network is unknown', () => {
    const configured = { ...aSource('prod'), resource: undefined, flowLog: undefined };
    expect(chosen([configured, other], [SUBJECT])).toEqual({ names: ['prod'], doubts: [] });
  });
});

describe('two that record the same', () => {
  it('are read once, when one records all of the other since before the window', () => {
    expect(chosen([subnet, vpc, eni])).toEqual({ names: ['fl-0a'], doubts: [] });
    expect(chosen([vpc, aSource('fl-0z')])).toEqual({ names: ['fl-0a'], doubts: [] });
  });

  it.each([
    ['was created within the window', { created: CREATED_WITHIN }],
    ['keeps accepted traffic only', { trafficType: 'ACCEPT' }],
    ['cannot deliver', { delivery: 'failing' }],
    ['has not delivered yet', { delivery: 'pending' }],
    ['lacks a field', { fields: FIELDS.slice(1) }],
  ] as const)('are both read when the wider one %s, with a remark that it counts twice', (_, change) => {
    const { names, remarks } = chosen([aSource('fl-0a', change), subnet]);
    expect(names).toEqual(['fl-0a', 'fl-0b']);
    expect(remarks).toContain(
      'fl-0a and fl-0b record the same traffic in part: what both saw is counted twice',
    );
  });

  it('are no copies when one keeps what was accepted and the other what was rejected', () => {
    const accepted = aSource('fl-0a', { trafficType: 'ACCEPT' });
    const rejected = aSource('fl-0b', { trafficType: 'REJECT' });
    expect(chosen([accepted, rejected])).toEqual({
      names: ['fl-0a', 'fl-0b'],
      doubts: [],
    });
  });

  it('are named once, in either order', () => {
    const late = { created: CREATED_WITHIN };
    const both = [aSource('fl-0a', late), aSource('fl-0b', late)];
    const twice = (sources: readonly S3Source[]) =>
      chosen(sources).remarks?.filter((remark) => remark.includes('twice'));
    expect(twice(both)).toHaveLength(1);
    expect(twice(both.toReversed())).toHaveLength(1);
  });
});

it('the choice says what may be missing because of the flow log that is read', () => {
  const poor = aSource('fl-0a', { trafficType: 'REJECT', created: CREATED_WITHIN, delivery: 'failing' });
  expect(chosen([poor]).doubts).toEqual([
    'fl-0a did not record before 2026-11-24T08:20Z',
    'AWS says that delivery of fl-0a fails: Access error',
  ]);
});
