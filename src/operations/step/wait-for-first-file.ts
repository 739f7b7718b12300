import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import type { StoredObject } from '../../core/lake/buckets.ts';
import type { Site } from '../../core/lake/cloud.ts';
import { PLACE, siteAt } from './at-site.ts';
import { defineStep } from './define-step.ts';

/** AWS says ten minutes or more; a network without traffic writes nothing at all. */
const LONGEST_MS = 25 * 60_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/** Waits until the new flow log has delivered, or AWS says that it cannot, or so long that nothing may be flowing. */
export const waitForFirstFile = defineStep(
  'wait-for-first-file',
  z.object({ ...PLACE, bucket: z.string(), prefix: z.string() }),
  async ({ bucket, prefix, ...place }, { cloud, signal, facts, now, tell, pause }) => {
    const site = await siteAt(cloud, place, signal);
    const { flowLogId = '' } = facts;
    const startedMs = now().getTime();
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      await refuseFailing(site, flowLogId, signal);
      const file = await firstFile(site, { bucket, prefix, flowLogId }, signal);
      const minutes = Math.floor((now().getTime() - startedMs) / 60_000);
      if (file !== undefined)
        return {
          words: `First file after ${minutes} min: ${file.key} (${file.bytes} bytes)`,
          facts: { firstKey: file.key },
        };
      if (now().getTime() - startedMs > LONGEST_MS)
        return {
          words: `No file after ${minutes} min: ${flowLogId} is active, but nothing may be flowing. \`status ${flowLogId}\` looks again`,
        };
      tell(`Waiting for the first file of ${flowLogId}: ${minutes} min so far, ten or more are usual`);
      await pause(pauseMs);
    }
  },
);

async function refuseFailing({ flowLogs }: Site, id: string, signal: AbortSignal): Promise<void> {
  const [flowLog] = await flowLogs.describe({ ids: [id] }, signal);
  if (flowLog === undefined)
    throw new UserError(`The flow log \`${id}\` is not there any more.`, {
      hint: 'Somebody deleted it: plan again.',
    });
  if (flowLog.delivery.status !== 'failing') return;
  throw new UserError(
    `AWS cannot deliver the files of \`${id}\`: ${flowLog.delivery.error || 'it gives no reason'}.`,
    {
      hint: 'Look at the policy and the encryption of the bucket; then go on, or take it back with `teardown`.',
    },
  );
}

/** Files of other flow logs may stand under the same prefix: the name tells whose a file is. */
async function firstFile(
  { buckets }: Site,
  {
    bucket,
    prefix,
    flowLogId,
  }: { readonly bucket: string; readonly prefix: string; readonly flowLogId: string },
  signal: AbortSignal,
): Promise<StoredObject | undefined> {
  for await (const page of buckets.pages(bucket, prefix, signal)) {
    const file = page.find(({ key }) => key.includes(`_${flowLogId}_`));
    if (file !== undefined) return file;
  }
  return undefined;
}
