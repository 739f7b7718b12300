import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createS3Lake } from '../../../src/aws/lake/s3-lake.ts';
import { signal } from '../../aws/given-aws.ts';
import { describeLake } from '../../contract/lake.ts';
import { NOON } from '../../support/flow.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { writeLake } from '../../support/write-lake.ts';
import { judgedAws, newName } from '../judged-aws.ts';
import { putObjects } from '../put-objects.ts';

/** A clock on which a minute passes between two looks, so that nothing is remembered that may change. */
function hurriedClock(): () => Date {
  let minutes = 0;
  return () => {
    minutes += 1;
    return new Date((NOON + minutes * 60) * 1000);
  };
}

for (const layout of ['daily', 'hourly', 'hive', 'hive-hourly'] as const) {
  describeLake(`in a bucket of moto, ${layout}`, async () => {
    const aws = await judgedAws(inject('moto'));
    const bucket = newName('lake');
    await aws.site.buckets.create(bucket, signal);
    const folder = await tempFolder();
    return {
      lake: createS3Lake({ buckets: aws.site.buckets, bucket, under: '', now: hurriedClock() }),
      async write(records, options = {}) {
        const keys = await writeLake(folder, records, { layout, ...options });
        for (const key of keys) await putObjects(aws, bucket, { [key]: await readFile(join(folder, key)) });
        return keys;
      },
    };
  });
}
