import { describe, expect, it } from 'vitest';
import { s3Fault } from '../../../fakes/aws/answers.ts';
import { givenAws, REGION, signal } from '../../given-aws.ts';
import { bucket, EMPTY, HERE } from './bucket.ts';

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
