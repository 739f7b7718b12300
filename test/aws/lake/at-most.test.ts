import { expect, it } from 'vitest';
import { atMost } from '../../../src/aws/lake/s3-lake.ts';
import { signal } from '../given-aws.ts';

const NOTHING = { files: [], folders: [], bytesOf: () => 0 };

it('opens no more folders at a time than it was told, and all of them in the end', async () => {
  let [open, most] = [0, 0];
  const limited = atMost(3, async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return NOTHING;
  });
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => limited(`${index}`, signal)));
  expect([all.length, most]).toEqual([20, 3]);
});

it('goes on after one that failed', async () => {
  const limited = atMost(1, async (path) => {
    if (path === 'bad') throw new Error('denied');
    return NOTHING;
  });
  const outcomes = await Promise.allSettled(['bad', 'bad', 'good'].map((path) => limited(path, signal)));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});
