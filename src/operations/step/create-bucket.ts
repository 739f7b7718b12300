import { z } from 'zod';
import { PLACE, siteAt } from './at-site.ts';
import { defineStep } from './define-step.ts';

/** Makes a private, encrypted bucket; one of ours that is there already is left as it is. */
export const createBucket = defineStep(
  'create-bucket',
  z.object({ ...PLACE, bucket: z.string() }),
  async ({ bucket, ...place }, { cloud, signal }) => {
    const { buckets } = await siteAt(cloud, place, signal);
    await buckets.create(bucket, signal);
    return { words: `Bucket ${bucket} is there: private and encrypted` };
  },
);
