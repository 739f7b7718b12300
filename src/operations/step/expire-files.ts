import { z } from 'zod';
import { PLACE, siteAt } from './at-site.ts';
import { defineStep } from './define-step.ts';

/** Lets the files under a prefix expire. */
export const expireFiles = defineStep(
  'expire-files',
  z.object({ ...PLACE, bucket: z.string(), prefix: z.string(), days: z.number() }),
  async ({ bucket, prefix, days, ...place }, { cloud, signal }) => {
    const { buckets } = await siteAt(cloud, place, signal);
    await buckets.putExpiry(bucket, prefix, days, signal);
    return { words: `Files under ${prefix} in ${bucket} expire after ${days} days` };
  },
);
