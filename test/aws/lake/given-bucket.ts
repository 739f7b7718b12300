import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { createS3Lake } from '../../../src/aws/lake/s3-lake.ts';
import type { Lake } from '../../../src/core/lake/lake.ts';
import { script } from '../../fakes/aws/answers.ts';
import { type FakeAws, startFakeAws } from '../../fakes/aws/fake-aws.ts';
import { listBucket } from '../../fakes/aws/fake-bucket.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { type LakeOptions, type LakeRecord, writeLake } from '../../support/write-lake.ts';
import { awsCloud, signal, withCredentials } from '../given-aws.ts';

/** A lake in a fake bucket, and what a test does with it. */
export interface GivenBucket {
  readonly lake: Lake;
  readonly aws: FakeAws;
  readonly objects: Map<string, number>;
  readonly write: (records: readonly LakeRecord[], options?: LakeOptions) => Promise<readonly string[]>;
}

/** Opens the real lake over a bucket whose listings come in pages of three. */
export async function givenBucket(now: () => Date, under = ''): Promise<GivenBucket> {
  withCredentials();
  const objects = new Map<string, number>();
  const [list, others] = [listBucket(objects, { pageSize: 3 }), script({})];
  const aws = await startFakeAws((call) => (call.action === '' ? list(call) : others(call)));
  const [site] = await awsCloud(aws.endpoint).sites(signal);
  if (site === undefined) throw new RangeError('the cloud has no site');
  const folder = await tempFolder();
  return {
    lake: createS3Lake({ buckets: site.buckets, bucket: 'logs', under, now }),
    aws,
    objects,
    async write(records, options) {
      const keys = await writeLake(folder, records, options);
      for (const key of keys) objects.set(key, (await lstat(join(folder, key))).size);
      return keys;
    },
  };
}

/** The prefixes that were listed, in the order in which they were asked for, each page by itself. */
export function listed({ calls }: FakeAws): readonly string[] {
  return calls
    .filter(({ action }) => action === '')
    .map(({ path }) => new URL(path, 'http://s3').searchParams.get('prefix') ?? '');
}
