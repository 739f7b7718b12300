import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { ObjectVersion, Undeleted } from '../../core/lake/buckets.ts';
import { plural } from '../../core/wording.ts';
import { mergePolicy } from './bucket-policy.ts';
import { isOurFlowLog } from './ownership.ts';
import { defineStep, SITE_FIELDS, siteAt } from './step.ts';

/** Makes a private, encrypted bucket; one of ours that is there already is left as it is. */
export const createBucket = defineStep(
  'create-bucket',
  z.object({ ...SITE_FIELDS, bucket: z.string() }),
  async ({ bucket, ...place }, { cloud, signal }) => {
    const { buckets } = await siteAt(cloud, place, signal);
    await buckets.create(bucket, signal);
    return { words: `Bucket ${bucket} is there: private and encrypted` };
  },
);

const STATEMENTS = z.array(z.record(z.string(), z.json()));

/** Adds statements to a bucket's policy as it is when the step is done: no statement of it is replaced. */
export const mergeBucketPolicy = defineStep(
  'merge-bucket-policy',
  z.object({ ...SITE_FIELDS, bucket: z.string(), statements: z.string() }),
  async ({ bucket, statements, ...place }, { cloud, signal }) => {
    const { buckets } = await siteAt(cloud, place, signal);
    const wanted = STATEMENTS.parse(JSON.parse(statements));
    const { policy, added } = mergePolicy(await buckets.policy(bucket, signal), wanted);
    if (added.length === 0) return { words: `The policy of ${bucket} let flow logs in already` };
    await buckets.putPolicy(bucket, policy, signal);
    return { words: `The policy of ${bucket} lets flow logs in; all other statements are kept` };
  },
);

/** Lets the files under a prefix expire. */
export const expireFiles = defineStep(
  'expire-files',
  z.object({ ...SITE_FIELDS, bucket: z.string(), prefix: z.string(), days: z.number() }),
  async ({ bucket, prefix, days, ...place }, { cloud, signal }) => {
    const { buckets } = await siteAt(cloud, place, signal);
    await buckets.putExpiry(bucket, prefix, days, signal);
    return { words: `Files under ${prefix} in ${bucket} expire after ${days} days` };
  },
);

/**
 * Deletes the files of one flow log for good, every version of them: those whose name carries its id, and no others
 * under the same prefix. It can be stopped between two calls. What is locked stays, and is reported.
 */
export const deleteFiles = defineStep(
  'delete-files',
  z.object({ ...SITE_FIELDS, bucket: z.string(), prefix: z.string(), flowLogId: z.string() }),
  async ({ bucket, prefix, flowLogId, ...place }, { cloud, signal, showProgress }) => {
    const { buckets, flowLogs } = await siteAt(cloud, place, signal);
    const [flowLog] = await flowLogs.describe({ ids: [flowLogId] }, signal);
    if (flowLog !== undefined && !isOurFlowLog(flowLog))
      throw new UserError(`The flow log \`${flowLogId}\` does not carry flowlog's tag any more.`, {
        hint: 'Its files were left as they are.',
      });
    const kept: Undeleted[] = [];
    let deleted = 0;
    // Of a file with versions each is deleted, and so is each mark of a deletion.
    let noun = 'file';
    for await (const page of buckets.versions(bucket, prefix, signal)) {
      if (page.some(({ versionId }) => versionId !== undefined)) noun = 'version';
      for (const batch of versionBatches(page.filter(({ key }) => key.includes(`_${flowLogId}_`)))) {
        signal.throwIfAborted();
        const failed = await buckets.delete(bucket, batch, signal);
        kept.push(...failed);
        deleted += batch.length - failed.length;
        showProgress(`${plural(deleted, noun)} of ${flowLogId} deleted so far`);
      }
    }
    if (kept.length > 0) throw keptError(kept, deleted);
    return { words: `${plural(deleted, noun)} of ${flowLogId} deleted for good` };
  },
);

function versionBatches(versions: readonly ObjectVersion[]): readonly (readonly ObjectVersion[])[] {
  const { objectsPerDelete: most } = AWS_LIMITS;
  const amount = Math.ceil(versions.length / most);
  return Array.from({ length: amount }, (_, index) => versions.slice(index * most, (index + 1) * most));
}

function keptError(kept: readonly Undeleted[], deleted: number): UserError {
  const [first] = kept;
  const why = first === undefined ? '' : `: \`${first.key.slice(-80)}\` ${first.message} (${first.code})`;
  return new UserError(`${plural(deleted, 'file')} deleted, ${kept.length} still there${why}.`, {
    hint: 'An object lock or a legal hold is respected: they can be deleted once it ends.',
  });
}
