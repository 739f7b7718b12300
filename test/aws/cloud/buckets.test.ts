import { describe, expect, it } from 'vitest';
import { s3Fault, script, xml } from '../../fakes/aws/answers.ts';
import type { AwsAnswer, AwsCall } from '../../fakes/aws/fake-aws.ts';
import { toXml } from '../../fakes/aws/to-xml.ts';
import { givenAws, REGION, signal } from '../given-aws.ts';

const EMPTY: AwsAnswer = {};
/** What S3 answers of a bucket that nobody ever set anything of. */
const UNSET: Readonly<Record<string, AwsAnswer>> = {
  encryption: s3Fault(404, 'ServerSideEncryptionConfigurationNotFoundError'),
  lifecycle: s3Fault(404, 'NoSuchLifecycleConfiguration'),
  'object-lock': s3Fault(404, 'ObjectLockConfigurationNotFoundError'),
  policy: s3Fault(404, 'NoSuchBucketPolicy'),
  publicAccessBlock: s3Fault(404, 'NoSuchPublicAccessBlockConfiguration'),
  versioning: xml('<VersioningConfiguration/>'),
};

/** Answers calls for the bucket `logs` by what they ask for: `HEAD`, `GET encryption`, `PUT`. */
function bucket(
  answers: Readonly<Record<string, AwsAnswer | ((call: AwsCall) => AwsAnswer)>>,
): (call: AwsCall) => AwsAnswer {
  const others = script({});
  return (call) => {
    if (call.action !== '') return others(call);
    const [asked = ''] = new URL(call.path, 'http://s3').searchParams.keys();
    const name = `${call.method} ${asked === 'x-id' ? '' : asked}`.trim();
    const answer = answers[name] ?? (call.method === 'GET' ? UNSET[asked] : undefined);
    if (answer === undefined) return s3Fault(501, `NotScripted ${name}`);
    return typeof answer === 'function' ? answer(call) : answer;
  };
}

const HERE: AwsAnswer = { headers: { 'x-amz-bucket-region': REGION } };
const isOwnerAsked = ({ headers }: AwsCall) => headers['x-amz-expected-bucket-owner'] !== undefined;

describe('finding a bucket', () => {
  it('reads what nobody ever set as what S3 does by itself', async () => {
    const { site } = await givenAws(bucket({ HEAD: HERE }));
    expect(await site.buckets.find('logs', signal)).toEqual({
      name: 'logs',
      region: REGION,
      ours: true,
      encryption: { kind: 's3' },
      publicAccessBlocked: false,
      versioned: false,
      objectLock: false,
      expiryDays: undefined,
    });
  });

  it('reads what was set', async () => {
    const all = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    const rule = (status: string, days: number) =>
      `<Rule>${toXml({ ID: `r${days}`, Status: status, Filter: { Prefix: '' }, Expiration: { Days: days } })}</Rule>`;
    const { site } = await givenAws(
      bucket({
        HEAD: HERE,
        'GET encryption': encryption('aws:kms', 'arn:aws:kms:eu-central-1:111111111111:key/1'),
        'GET publicAccessBlock': xml(toXml({ PublicAccessBlockConfiguration: all })),
        'GET versioning': xml(
          '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>',
        ),
        'GET object-lock': xml(toXml({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } })),
        'GET lifecycle': xml(
          `<LifecycleConfiguration>${rule('Enabled', 90)}${rule('Enabled', 30)}${rule('Disabled', 1)}</LifecycleConfiguration>`,
        ),
      }),
    );
    expect(await site.buckets.find('logs', signal)).toMatchObject({
      encryption: { kind: 'kms', key: 'arn:aws:kms:eu-central-1:111111111111:key/1' },
      publicAccessBlocked: true,
      versioned: true,
      objectLock: true,
      expiryDays: 30,
    });
  });

  it.each([undefined, 'alias/aws/s3', 'arn:aws:kms:eu-central-1:111111111111:alias/aws/s3'])(
    'knows the key that AWS manages by its name %s, under which delivery fails',
    async (key) => {
      const { site } = await givenAws(bucket({ HEAD: HERE, 'GET encryption': encryption('aws:kms', key) }));
      expect(await site.buckets.find('logs', signal)).toMatchObject({ encryption: { kind: 'aws-kms' } });
    },
  );

  it('follows it into its region', async () => {
    const { aws, site } = await givenAws(
      bucket({
        HEAD: ({ headers }) =>
          headers.authorization?.includes('/us-west-2/')
            ? { headers: { 'x-amz-bucket-region': 'us-west-2' } }
            : { status: 301, headers: { 'x-amz-bucket-region': 'us-west-2' } },
      }),
    );
    expect(await site.buckets.find('logs', signal)).toMatchObject({ region: 'us-west-2' });
    expect(aws.calls.length).toBeGreaterThan(2);
  });

  it('finds nothing where there is none', async () => {
    const { site } = await givenAws(bucket({ HEAD: { status: 404 } }));
    expect(await site.buckets.find('logs', signal)).toBeUndefined();
  });

  it('says that it is taken when it may not be seen', async () => {
    const { site } = await givenAws(bucket({ HEAD: { status: 403 } }));
    await expect(site.buckets.find('logs', signal)).rejects.toMatchObject({
      code: 'taken',
      call: 's3:ListBucket',
    });
  });

  it("tells somebody else's bucket that we may list from ours", async () => {
    const head = (call: AwsCall) => (isOwnerAsked(call) ? { status: 403 } : HERE);
    const open = await givenAws(bucket({ HEAD: head }));
    expect(await open.site.buckets.find('logs', signal)).toMatchObject({ ours: false });
    const closed = await givenAws(bucket({ HEAD: head, 'GET encryption': s3Fault(403, 'AccessDenied') }));
    await expect(closed.site.buckets.find('logs', signal)).rejects.toMatchObject({ code: 'taken' });
  });
});

describe('creating a bucket', () => {
  it('makes it private, encrypted and without ACLs, in its region', async () => {
    const { aws, site } = await givenAws(
      bucket({ HEAD: { status: 404 }, PUT: EMPTY, 'PUT publicAccessBlock': EMPTY, 'PUT encryption': EMPTY }),
    );
    await site.buckets.create('logs', signal);
    const [create, ...more] = aws.calls.filter(({ method }) => method === 'PUT');
    expect(create?.headers['x-amz-object-ownership']).toBe('BucketOwnerEnforced');
    expect(create?.body).toContain(`<LocationConstraint>${REGION}</LocationConstraint>`);
    expect(more.map(({ body }) => body).join('')).toMatch(/BlockPublicAcls>true.*<SSEAlgorithm>AES256</s);
  });

  it('names no location in us-east-1, which S3 would refuse', async () => {
    const { aws, site } = await givenAws(
      bucket({ HEAD: { status: 404 }, PUT: EMPTY, 'PUT publicAccessBlock': EMPTY, 'PUT encryption': EMPTY }),
      { accounts: [{ role: undefined, regions: ['us-east-1'] }] },
    );
    await site.buckets.create('logs', signal);
    expect(aws.calls.find(({ method }) => method === 'PUT')?.body).toBe('');
  });

  it('leaves one of ours as it is, also one that came meanwhile', async () => {
    const there = await givenAws(bucket({ HEAD: HERE }));
    await there.site.buckets.create('logs', signal);
    const meanwhile = await givenAws(
      bucket({ HEAD: { status: 404 }, PUT: s3Fault(409, 'BucketAlreadyOwnedByYou') }),
    );
    await meanwhile.site.buckets.create('logs', signal);
    const put = [...there.aws.calls, ...meanwhile.aws.calls].filter(({ method }) => method === 'PUT');
    expect(put).toHaveLength(1);
  });

  it('says that the name is taken', async () => {
    const { site } = await givenAws(
      bucket({ HEAD: { status: 403 }, PUT: s3Fault(409, 'BucketAlreadyExists') }),
    );
    await expect(site.buckets.create('logs', signal)).rejects.toMatchObject({ code: 'taken' });
  });
});

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

it('puts an expiry beside the rules that are there, and in place of its own', async () => {
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

it('reads the first bytes of an object, and of an empty one none', async () => {
  const { aws, site } = await givenAws(bucket({ GET: { status: 206, body: 'head' } }));
  expect(new TextDecoder().decode(await site.buckets.head('logs', 'key', 4, signal))).toBe('head');
  expect(aws.calls.at(-1)?.headers.range).toBe('bytes=0-3');
  const empty = await givenAws(bucket({ GET: s3Fault(416, 'InvalidRange') }));
  expect(await empty.site.buckets.head('logs', 'key', 4, signal)).toHaveLength(0);
});

it('tells which versions could not be deleted, and why', async () => {
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

function encryption(SSEAlgorithm: string, KMSMasterKeyID: string | undefined): AwsAnswer {
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm, KMSMasterKeyID };
  return xml(toXml({ ServerSideEncryptionConfiguration: { Rule: { ApplyServerSideEncryptionByDefault } } }));
}
