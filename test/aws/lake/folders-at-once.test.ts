import { expect, it } from 'vitest';
import { openBucketFolders } from '../../../src/aws/lake/s3-lake.ts';
import { signal } from '../given-aws.ts';

const EMPTY = { objects: [], prefixes: [] };
const now = () => new Date(0);

it('a listing opens at most eight folders at once, and all of them in the end', async () => {
  let [open, most] = [0, 0];
  const buckets = {
    async folder() {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return EMPTY;
    },
  };
  const folders = openBucketFolders({ buckets, bucket: 'logs', now });
  const all = await Promise.all(Array.from({ length: 50 }, (_, index) => folders(`${index}`, signal)));
  expect([all.length, most]).toEqual([50, 8]);
});

it('a listing goes on after folders that failed', async () => {
  const buckets = {
    async folder(_bucket: string, prefix: string) {
      if (prefix.startsWith('bad')) throw new Error('denied');
      return EMPTY;
    },
  };
  const folders = openBucketFolders({ buckets, bucket: 'logs', now });
  const paths = [...Array.from({ length: 9 }, (_, index) => `bad-${index}`), 'good'];
  const results = await Promise.allSettled(paths.map((path) => folders(path, signal)));
  expect(results.map(({ status }) => status)).toEqual([...Array(9).fill('rejected'), 'fulfilled']);
});
