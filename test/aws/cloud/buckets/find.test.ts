import { describe, expect, it } from 'vitest';
import { s3Fault, xml } from '../../../fakes/aws/answers.ts';
import type { AwsAnswer, AwsCall } from '../../../fakes/aws/fake-aws.ts';
import { toXml } from '../../../fakes/aws/to-xml.ts';
import { givenAws, REGION, signal } from '../../given-aws.ts';
import { bucket, HERE } from './bucket.ts';

const isOwnerAsked = ({ headers }: AwsCall) => headers['x-amz-expected-bucket-owner'] !== undefined;

describe('finding a bucket', () => {
  it('reads settings that were never made as the defaults of S3', async () => {
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

  it('asks with a listing why it is refused, since an answer to HEAD has no words', async () => {
    const { site } = await givenAws(
      bucket({ HEAD: { status: 400 }, 'GET list-type': s3Fault(400, 'ExpiredToken') }),
    );
    const expired = { code: 'expired', call: 's3:ListBucket', fault: 'ExpiredToken' };
    await expect(site.buckets.find('logs', signal)).rejects.toMatchObject(expired);
    await expect(site.buckets.create('logs', signal)).rejects.toMatchObject(expired);
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

  it('distinguishes a bucket of another account that may be listed from an own one', async () => {
    const head = (call: AwsCall) => (isOwnerAsked(call) ? { status: 403 } : HERE);
    const open = await givenAws(bucket({ HEAD: head }));
    expect(await open.site.buckets.find('logs', signal)).toMatchObject({ ours: false });
    const closed = await givenAws(bucket({ HEAD: head, 'GET encryption': s3Fault(403, 'AccessDenied') }));
    await expect(closed.site.buckets.find('logs', signal)).rejects.toMatchObject({ code: 'taken' });
  });
});

function encryption(SSEAlgorithm: string, KMSMasterKeyID: string | undefined): AwsAnswer {
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm, KMSMasterKeyID };
  return xml(toXml({ ServerSideEncryptionConfiguration: { Rule: { ApplyServerSideEncryptionByDefault } } }));
}
