import { describe, expect, it } from 'vitest';
import type { Buckets } from '../../../../src/core/lake/buckets.ts';
import { s3Fault, xml } from '../../../fakes/aws/answers.ts';
import type { AwsAnswer, AwsCall } from '../../../fakes/aws/fake-aws.ts';
import { toXml } from '../../../fakes/aws/to-xml.ts';
import { givenAws, signal } from '../../given-aws.ts';
import { bucket, EMPTY } from './bucket.ts';

describe('policies', () => {
  it('are undefined where there is none', async () => {
    const { site } = await givenAws(bucket({}));
    expect(await site.buckets.policy('logs', signal)).toBeUndefined();
  });

  it.each([
    ['MalformedPolicy', 'refused'],
    ['PolicyTooLarge', 'limit'],
    ['AccessDenied', 'denied'],
  ])('that end in %s are %s', async (fault, code) => {
    const { site } = await givenAws(
      bucket({ 'PUT policy': s3Fault(fault === 'AccessDenied' ? 403 : 400, fault) }),
    );
    await expect(site.buckets.putPolicy('logs', '{}', signal)).rejects.toMatchObject({
      code,
      fault,
      call: 's3:PutBucketPolicy',
    });
  });
});

it('putting an expiry keeps the rules of others, and replaces an earlier one of ours', async () => {
  const rules = [
    { ID: 'theirs', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } },
    { ID: 'flowlog-expiry-a/', Status: 'Enabled', Filter: { Prefix: 'a/' }, Expiration: { Days: 7 } },
  ];
  const before = rules.map((rule) => `<Rule>${toXml(rule)}</Rule>`).join('');
  const { aws, site } = await givenAws(
    bucket({
      'GET lifecycle': xml(`<LifecycleConfiguration>${before}</LifecycleConfiguration>`),
      'PUT lifecycle': EMPTY,
    }),
  );
  await site.buckets.putExpiry('logs', 'a/', 90, signal);
  const body = aws.calls.at(-1)?.body ?? '';
  expect([...body.matchAll(/<ID>([^<]*)<\/ID>/g)].map(([, id]) => id)).toEqual([
    'theirs',
    'flowlog-expiry-a/',
  ]);
  expect([...body.matchAll(/<Days>(\d+)</g)].map(([, days]) => days)).toEqual(['1', '90']);
});

it('the first bytes of an object can be read; an empty object has none', async () => {
  const { aws, site } = await givenAws(bucket({ GET: { status: 206, body: 'head' } }));
  expect(new TextDecoder().decode(await site.buckets.head('logs', 'key', 4, signal))).toBe('head');
  expect(aws.calls.at(-1)?.headers.range).toBe('bytes=0-3');
  const empty = await givenAws(bucket({ GET: s3Fault(416, 'InvalidRange') }));
  expect(await empty.site.buckets.head('logs', 'key', 4, signal)).toHaveLength(0);
});

it('a deletion reports which versions could not be deleted, and why', async () => {
  const error = { Key: 'a', Code: 'AccessDenied', Message: 'locked until 2027' };
  const { aws, site } = await givenAws(
    bucket({ 'POST delete': xml(toXml({ DeleteResult: { Error: error } })) }),
  );
  const versions = [
    { key: 'a', versionId: 'v1' },
    { key: 'b', versionId: undefined },
  ];
  expect(await site.buckets.delete('logs', versions, signal)).toEqual([
    { key: 'a', code: 'AccessDenied', message: 'locked until 2027' },
  ]);
  expect(aws.calls.at(-1)?.body).toContain('<Key>a</Key><VersionId>v1</VersionId>');
  expect(aws.calls.at(-1)?.body.match(/<VersionId>/g)).toHaveLength(1);
  expect(await site.buckets.delete('logs', [], signal)).toEqual([]);
});

describe('a bucket that belongs to another account by now', () => {
  /** S3 as it answers requests that expect the account of the tests to be the owner; others would succeed. */
  const taken = (call: AwsCall): AwsAnswer => {
    if (call.action !== '') return ANYTHING(call);
    return call.headers['x-amz-expected-bucket-owner'] === '111111111111'
      ? s3Fault(403, 'AccessDenied')
      : ANYTHING(call);
  };
  const ANYTHING = bucket({
    'PUT policy': EMPTY,
    'PUT lifecycle': EMPTY,
    'POST delete': xml('<DeleteResult/>'),
    'GET versions': xml('<ListVersionsResult/>'),
    'PUT publicAccessBlock': EMPTY,
    'PUT encryption': EMPTY,
    PUT: EMPTY,
  });
  const CHANGES: readonly (readonly [string, (buckets: Buckets) => Promise<unknown>])[] = [
    ['its policy is read for', (buckets) => buckets.policy('logs', signal)],
    ['its policy is replaced', (buckets) => buckets.putPolicy('logs', '{}', signal)],
    ['its files expire', (buckets) => buckets.putExpiry('logs', 'a/', 1, signal)],
    [
      'its files are deleted',
      (buckets) => buckets.delete('logs', [{ key: 'a', versionId: undefined }], signal),
    ],
    [
      'its versions are listed for that',
      (buckets) => buckets.versions('logs', '', signal)[Symbol.asyncIterator]().next(),
    ],
    ['it is closed after it was made', (buckets) => buckets.create('logs', signal)],
  ];

  it.each(CHANGES)('is left alone where %s', async (_what, change) => {
    const { aws, site } = await givenAws(taken);
    await expect(change(site.buckets)).rejects.toMatchObject({ code: 'denied' });
    // All but the creation itself, which has no owner yet, expect the account.
    const changing = aws.calls.filter(
      ({ action, method, path }) => action === '' && method !== 'HEAD' && path.includes('?'),
    );
    expect(changing.length).toBeGreaterThan(0);
    for (const { headers } of changing) expect(headers['x-amz-expected-bucket-owner']).toBe('111111111111');
  });
});
