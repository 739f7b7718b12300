import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryStatements } from '../../../src/operations/plan/plan-bucket.ts';
import {
  denyingStatements,
  mergePolicy,
  type PolicyStatement,
} from '../../../src/operations/steps/bucket-policy.ts';
import { aSource } from '../../support/a-source.ts';

const WANTED = deliveryStatements(aSource('fl-0a'));

interface Read {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
  readonly [key: string]: unknown;
}

function read(policy: string): Read {
  return JSON.parse(policy);
}

const words = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9:*/ é"\\-]{1,20}$/),
  fc.array(fc.stringMatching(/^[a-z:*]{1,9}$/), { minLength: 1 }),
);
const statement = fc.record(
  {
    Sid: fc.constantFrom('A', 'B', 'FlowlogDeliveryWrite', 'FlowlogDeliveryWrite2', 'FlowlogDeliveryCheck'),
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.oneof(words, fc.record({ AWS: words }), fc.record({ Service: words })),
    Action: words,
    Resource: words,
    Condition: fc.dictionary(
      fc.constantFrom('StringEquals', 'ArnLike'),
      fc.dictionary(fc.constantFrom('a', 'b'), words),
    ),
  },
  { requiredKeys: ['Effect', 'Action'] },
);
const policy = fc.record(
  {
    Version: fc.constantFrom('2012-10-17', '2008-10-17'),
    Id: words,
    Statement: fc.oneof(fc.array(statement, { maxLength: 6 }), statement),
  },
  { requiredKeys: ['Statement'] },
);

describe('a merged policy', () => {
  it('keeps all statements that were there, in their order, and adds the wanted ones once', () => {
    fc.assert(
      fc.property(policy, (current) => {
        const before = [current.Statement].flat();
        const { policy: merged, added } = mergePolicy(JSON.stringify(current), WANTED);
        const { Statement, Version, ...rest } = read(merged);
        expect(Statement.slice(0, before.length)).toEqual(before);
        expect(Version).toBe(current.Version ?? '2012-10-17');
        expect(rest).toEqual(current.Id === undefined ? {} : { Id: current.Id });
        const without = Statement.slice(before.length).map(({ Sid: _sid, ...each }) => each);
        expect(without).toEqual(added.map(({ Sid: _sid, ...each }) => each));
        expect(added).toHaveLength(2);

        const again = mergePolicy(merged, WANTED);
        expect(again.added).toEqual([]);
        expect(read(again.policy)).toEqual(read(merged));
      }),
    );
  });

  it('never has two statements of the same name, unless it had them before', () => {
    fc.assert(
      fc.property(policy, (current) => {
        const before = new Set([current.Statement].flat().map(({ Sid }) => Sid));
        const { Statement } = read(mergePolicy(JSON.stringify(current), WANTED).policy);
        const names = Statement.slice([current.Statement].flat().length).map(({ Sid }) => Sid);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(before.has(String(name) as 'A')).toBe(false);
      }),
    );
  });

  it('begins one where there is none', () => {
    expect(read(mergePolicy(undefined, WANTED).policy)).toEqual({ Version: '2012-10-17', Statement: WANTED });
  });

  it('does not add what is there under another name and in another order of its keys', () => {
    const [first, second] = WANTED;
    const { Sid: _sid, ...unnamed } = first ?? {};
    const turned = Object.fromEntries(Object.entries(unnamed).toReversed());
    expect(mergePolicy(JSON.stringify({ Statement: [turned] }), WANTED).added).toEqual([second]);
  });

  it('that is full is refused only when something has to be added', () => {
    const long = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'x'.repeat(20_000) };
    expect(() => mergePolicy(JSON.stringify({ Statement: long }), WANTED)).toThrow(/S3 takes 20,480/);
    const full = JSON.stringify({ Statement: [long, ...WANTED] });
    expect(mergePolicy(full, WANTED).added).toEqual([]);
  });

  it.each(['', 'no JSON', '[]', '{}', '{"Statement":"x"}', '{"Statement":[1]}'])(
    'is not made from %j',
    (current) => {
      expect(() => mergePolicy(current, WANTED)).toThrow('cannot be read');
    },
  );
});

describe('what lets deliveries in', () => {
  it('is for one account, region and folder alone, in both layouts and every partition of AWS', () => {
    const resources = (region: string, hive: boolean) => {
      const source = aSource('fl-0a', { region, layout: { hive } });
      return deliveryStatements({ ...source, place: { ...source.place, prefix: 'a/b' } }).map(
        ({ Resource }) => Resource,
      );
    };
    expect(resources('us-east-1', false)).toEqual([
      'arn:aws:s3:::logs/a/b/AWSLogs/123456789012/*',
      'arn:aws:s3:::logs',
    ]);
    expect(resources('cn-north-1', true)[0]).toBe(
      'arn:aws-cn:s3:::logs/a/b/AWSLogs/aws-account-id=123456789012/*',
    );
    expect(resources('us-gov-west-1', true)[1]).toBe('arn:aws-us-gov:s3:::logs');
    for (const { Condition } of WANTED)
      expect(Condition).toEqual({
        StringEquals: { 'aws:SourceAccount': '123456789012' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:logs:us-east-1:123456789012:*' },
      });
  });
});

describe('what forbids', () => {
  it.each([
    ['everybody', { Effect: 'Deny', Principal: '*' }, true],
    ['everybody of AWS', { Effect: 'Deny', Principal: { AWS: '*' } }, true],
    ['delivery', { Effect: 'Deny', Principal: { Service: ['delivery.logs.amazonaws.com'] } }, true],
    ['all but some', { Effect: 'Deny', NotPrincipal: { AWS: '1' } }, true],
    ['another account', { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::1:root' } }, false],
    ['no principal, since it allows', { Effect: 'Allow', Principal: '*' }, false],
  ])('%s', (_, each, forbids) => {
    expect(denyingStatements(JSON.stringify({ Statement: [each] }))).toEqual(forbids ? [each] : []);
  });
});
