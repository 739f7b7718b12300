import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { ObjectVersion } from '../../../src/core/lake/buckets.ts';
import { REGION, signal } from '../../aws/given-aws.ts';
import { type JudgedAws, judgedAws, newName } from '../judged-aws.ts';
import { putObjects } from '../put-objects.ts';

let aws: JudgedAws;
let bucket: string;
beforeEach(async () => {
  aws = await judgedAws(inject('moto'));
  bucket = newName('bucket');
  await aws.site.buckets.create(bucket, signal);
});

/** All pages of a listing as one list. */
async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

describe('a bucket', () => {
  it('is created private and encrypted, and may be created again', async () => {
    await aws.site.buckets.create(bucket, signal);
    // moto knows no owner that one expects: every bucket is ours.
    expect(await aws.site.buckets.find(bucket, signal)).toEqual({
      name: bucket,
      region: REGION,
      ours: true,
      encryption: { kind: 's3' },
      publicAccessBlocked: true,
      versioned: false,
      objectLock: false,
      expiryDays: undefined,
    });
  });

  it('that does not exist is not found, and a call that uses it says so', async () => {
    const nowhere = newName('nowhere');
    expect(await aws.site.buckets.find(nowhere, signal)).toBeUndefined();
    await expect(aws.site.buckets.policy(nowhere, signal)).rejects.toMatchObject({
      code: 'not-found',
      call: 's3:GetBucketPolicy',
      fault: 'NoSuchBucket',
    });
  });

  it('keeps the policy that it is given', async () => {
    const { buckets } = aws.site;
    expect(await buckets.policy(bucket, signal)).toBeUndefined();
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    await buckets.putPolicy(bucket, policy, signal);
    expect(await buckets.policy(bucket, signal)).toBe(policy);
  });

  it('gets an expiry in addition to the rules that are there', async () => {
    const { buckets } = aws.site;
    const s3 = await aws.clients.s3();
    const theirs = {
      ID: 'theirs',
      Status: 'Enabled',
      Filter: { Prefix: 'tmp/' },
      Expiration: { Days: 400 },
    } as const;
    await s3.putBucketLifecycleConfiguration({ Bucket: bucket, LifecycleConfiguration: { Rules: [theirs] } });
    await buckets.putExpiry(bucket, 'AWSLogs/', 7, signal);
    await buckets.putExpiry(bucket, 'AWSLogs/', 90, signal);
    const { Rules = [] } = await s3.getBucketLifecycleConfiguration({ Bucket: bucket });
    expect(Rules.map(({ ID, Expiration }) => [ID, Expiration?.Days])).toEqual([
      ['theirs', 400],
      ['flowlog-expiry-AWSLogs/', 90],
    ]);
    expect(await buckets.find(bucket, signal)).toMatchObject({ expiryDays: 90 });
  });
});

describe('objects', () => {
  it('are listed a level at a time, and all under a prefix, with their first bytes', async () => {
    const { buckets } = aws.site;
    await putObjects(aws, bucket, { 'a/1': 'first', 'a/b/2': 'second', c: '' });
    const folder = await buckets.folder(bucket, 'a/', signal);
    expect(folder.objects.map(({ key, bytes }) => [key, bytes])).toEqual([['a/1', 5]]);
    expect(folder.prefixes).toEqual(['a/b/']);
    const everything = await all(buckets.pages(bucket, '', signal));
    expect(everything.map(({ key }) => key)).toEqual(['a/1', 'a/b/2', 'c']);
    expect(new TextDecoder().decode(await buckets.head(bucket, 'a/1', 3, signal))).toBe('fir');
    expect(new TextDecoder().decode(await buckets.head(bucket, 'a/1', 300, signal))).toBe('first');
    await expect(buckets.head(bucket, 'nothing', 3, signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('of more than a page are all listed', async () => {
    const keys = Array.from({ length: 1_001 }, (_, index) => `a/${String(index).padStart(4, '0')}`);
    await putObjects(aws, bucket, Object.fromEntries(keys.map((key) => [key, 'x'])));
    const { objects } = await aws.site.buckets.folder(bucket, 'a/', signal);
    expect(objects.map(({ key }) => key)).toEqual(keys);
    expect((await all(aws.site.buckets.pages(bucket, 'a/', signal))).map(({ key }) => key)).toEqual(keys);
    expect((await all(aws.site.buckets.versions(bucket, 'a/', signal))).length).toBe(keys.length);
  });

  it('are deleted where there are no versions', async () => {
    const { buckets } = aws.site;
    await putObjects(aws, bucket, { 'a/1': 'x', 'b/1': 'x' });
    const versions = await all(buckets.versions(bucket, 'a/', signal));
    expect(versions).toEqual([{ key: 'a/1', versionId: undefined }]);
    expect(await buckets.delete(bucket, versions, signal)).toEqual([]);
    expect((await all(buckets.pages(bucket, '', signal))).map(({ key }) => key)).toEqual(['b/1']);
  });

  it('are deleted for good with all their versions and deletion marks', async () => {
    const { buckets } = aws.site;
    const s3 = await aws.clients.s3();
    await s3.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } });
    await putObjects(aws, bucket, { 'a/1': 'old' });
    await putObjects(aws, bucket, { 'a/1': 'new' });
    await s3.deleteObject({ Bucket: bucket, Key: 'a/1' });
    const versions: readonly ObjectVersion[] = await all(buckets.versions(bucket, 'a/', signal));
    expect(versions).toHaveLength(3);
    expect(new Set(versions.map(({ versionId }) => versionId)).size).toBe(3);
    expect(await buckets.delete(bucket, versions, signal)).toEqual([]);
    expect(await all(buckets.versions(bucket, '', signal))).toEqual([]);
  });
});
