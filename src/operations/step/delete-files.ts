import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { ObjectVersion, Undeleted } from '../../core/lake/buckets.ts';
import { amountOf } from '../plan/amount-of.ts';
import { isOurs } from '../plan/find/ownership.ts';
import { PLACE, siteAt } from './at-site.ts';
import { defineStep } from './define-step.ts';

/**
 * Deletes the files of one flow log for good, every version of them: those whose name carries its id, and no others
 * under the same prefix. It can be stopped between two calls. What is locked stays, and is told.
 */
export const deleteFiles = defineStep(
  'delete-files',
  z.object({ ...PLACE, bucket: z.string(), prefix: z.string(), flowLogId: z.string() }),
  async ({ bucket, prefix, flowLogId, ...place }, { cloud, signal, tell }) => {
    const { buckets, flowLogs } = await siteAt(cloud, place, signal);
    const [flowLog] = await flowLogs.describe({ ids: [flowLogId] }, signal);
    if (flowLog !== undefined && !isOurs(flowLog))
      throw new UserError(`The flow log \`${flowLogId}\` does not carry flowlog's tag any more.`, {
        hint: 'Its files were left as they are.',
      });
    const kept: Undeleted[] = [];
    let deleted = 0;
    // Of a file with versions each is deleted, and so is each mark of a deletion.
    let noun = 'file';
    for await (const page of buckets.versions(bucket, prefix, signal)) {
      if (page.some(({ versionId }) => versionId !== undefined)) noun = 'version';
      for (const batch of batchesOf(page.filter(({ key }) => key.includes(`_${flowLogId}_`)))) {
        signal.throwIfAborted();
        const failed = await buckets.delete(bucket, batch, signal);
        kept.push(...failed);
        deleted += batch.length - failed.length;
        tell(`${amountOf(deleted, noun)} of ${flowLogId} deleted so far`);
      }
    }
    if (kept.length > 0) throw keptError(kept, deleted);
    return { words: `${amountOf(deleted, noun)} of ${flowLogId} deleted for good` };
  },
);

function batchesOf(versions: readonly ObjectVersion[]): readonly (readonly ObjectVersion[])[] {
  const { objectsPerDelete: most } = AWS_LIMITS;
  const amount = Math.ceil(versions.length / most);
  return Array.from({ length: amount }, (_, index) => versions.slice(index * most, (index + 1) * most));
}

function keptError(kept: readonly Undeleted[], deleted: number): UserError {
  const [first] = kept;
  const why = first === undefined ? '' : `: \`${first.key.slice(-80)}\` ${first.message} (${first.code})`;
  return new UserError(`${amountOf(deleted, 'file')} deleted, ${kept.length} still there${why}.`, {
    hint: 'An object lock or a legal hold is respected: they can be deleted once it ends.',
  });
}
