import { z } from 'zod';
import { mergePolicy } from '../policy/merge-policy.ts';
import { PLACE, siteAt } from './at-site.ts';
import { defineStep } from './define-step.ts';

const STATEMENTS = z.array(z.record(z.string(), z.json()));

/** Adds statements to a bucket's policy as it stands when the step is done: nothing that stands there is replaced. */
export const mergeBucketPolicy = defineStep(
  'merge-bucket-policy',
  z.object({ ...PLACE, bucket: z.string(), statements: z.string() }),
  async ({ bucket, statements, ...place }, { cloud, signal }) => {
    const { buckets } = await siteAt(cloud, place, signal);
    const wanted = STATEMENTS.parse(JSON.parse(statements));
    const { policy, added } = mergePolicy(await buckets.policy(bucket, signal), wanted);
    if (added.length === 0) return { words: `The policy of ${bucket} let flow logs in already` };
    await buckets.putPolicy(bucket, policy, signal);
    return { words: `The policy of ${bucket} lets flow logs in; what stood there still stands` };
  },
);
