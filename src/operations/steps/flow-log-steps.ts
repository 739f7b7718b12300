import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { Tagged } from '../../core/flow-log/fields.ts';
import type { StoredObject } from '../../core/lake/buckets.ts';
import type { Site } from '../../core/lake/cloud.ts';
import type { Unsuccessful, WantedFlowLog } from '../../core/lake/flow-logs.ts';
import { isOurFlowLog } from './ownership.ts';
import { defineStep, SITE_FIELDS, siteAt } from './step.ts';

const FILES = z.object({ format: z.enum(['text', 'parquet']), hive: z.boolean(), hourly: z.boolean() });

const DESTINATION = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('s3'), bucket: z.string(), prefix: z.string(), files: FILES }),
  z.object({ kind: z.literal('cloud-watch-logs'), logGroup: z.string() }),
]);

/** A flow log to be created, as a plan writes it down. */
export const WANTED_FLOW_LOG = z.object({
  resourceIds: z.array(z.string()),
  trafficType: z.enum(['ALL', 'ACCEPT', 'REJECT']),
  fields: z.array(z.string()).nullable(),
  shownTags: z
    .array(
      z.object({
        of: z.enum(['instance', 'network-interface', 'auto-scaling-group'] satisfies Tagged[]),
        keys: z.array(z.string()),
      }),
    )
    .default([]),
  destination: DESTINATION,
  deliveryRoleArn: z.string().nullable(),
  maxIntervalSeconds: z.literal(AWS_LIMITS.intervalsSeconds),
  tags: z.record(z.string(), z.string()),
});

/** What is written down of a flow log to be created. */
export type PlannedFlowLog = z.output<typeof WANTED_FLOW_LOG>;

/** Creates the flow log, once however often it is tried. AWS answers a refusal with success: each item is looked at. */
export const createFlowLog = defineStep(
  'create-flow-log',
  z.object({ ...SITE_FIELDS, wanted: WANTED_FLOW_LOG }),
  async ({ wanted, ...place }, { cloud, signal, token }) => {
    const { flowLogs } = await siteAt(cloud, place, signal);
    const { destination } = wanted;
    const { ids, unsuccessful } = await flowLogs.create(wantedOf(wanted), token, signal);
    const [id] = ids;
    if (id === undefined || unsuccessful.length > 0) throw notCreated(unsuccessful, wanted.resourceIds);
    return {
      words: `Flow log ${id} records ${wanted.resourceIds.join(', ')}`,
      facts: { flowLogId: id, ...(destination.kind === 's3' ? {} : { logGroup: destination.logGroup }) },
    };
  },
);

/** A flow log as the cloud wants it, from what a plan wrote down. */
export function wantedOf({ fields, deliveryRoleArn, ...rest }: PlannedFlowLog): WantedFlowLog {
  return {
    ...rest,
    fields: fields ?? undefined,
    ...(deliveryRoleArn === null ? {} : { deliveryRoleArn }),
  };
}

function notCreated(unsuccessful: readonly Unsuccessful[], resourceIds: readonly string[]): UserError {
  const [
    first = { id: resourceIds.join(', '), code: 'none', message: 'AWS named no flow log and no reason' },
  ] = unsuccessful;
  const words = [first, ...unsuccessful.slice(1)].map(unsuccessfulWords);
  return new UserError(words.map(({ problem }) => problem).join(' '), {
    hint: [...new Set(words.map(({ next }) => next))].join(' '),
  });
}

/** AWS names ten minutes or more; without traffic no file comes at all. */
const LONGEST_MS = 25 * 60_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/** Waits until the new flow log has delivered, or AWS says that it cannot, or so long that nothing may be flowing. */
export const waitForFirstFile = defineStep(
  'wait-for-first-file',
  z.object({ ...SITE_FIELDS, bucket: z.string(), prefix: z.string() }),
  async ({ bucket, prefix, ...place }, { cloud, signal, facts, now, showProgress, pause }) => {
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
      showProgress(
        `Waiting for the first file of ${flowLogId}: ${minutes} min so far, ten or more are usual`,
      );
      await pause(pauseMs);
    }
  },
);

async function refuseFailing({ flowLogs }: Site, id: string, signal: AbortSignal): Promise<void> {
  const [flowLog] = await flowLogs.describe({ ids: [id] }, signal);
  if (flowLog === undefined)
    throw new UserError(`The flow log \`${id}\` is not there any more.`, {
      hint: 'It was deleted meanwhile: plan again.',
    });
  if (flowLog.delivery.status !== 'failing') return;
  throw new UserError(
    `AWS cannot deliver the files of \`${id}\`: ${flowLog.delivery.error || 'it gives no reason'}.`,
    {
      hint: 'Look at the policy and the encryption of the bucket; then go on, or take it back with `teardown`.',
    },
  );
}

/** Files of other flow logs may be under the same prefix: the name has the id of the flow log. */
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

/** Stops a flow log that flowlog made; whose it is is looked up once more before it is deleted. */
export const deleteFlowLog = defineStep(
  'delete-flow-log',
  z.object({ ...SITE_FIELDS, id: z.string() }),
  async ({ id, ...place }, { cloud, signal }) => {
    const { flowLogs } = await siteAt(cloud, place, signal);
    const [flowLog] = await flowLogs.describe({ ids: [id] }, signal);
    if (flowLog === undefined) return { words: `Flow log ${id} is gone already` };
    if (!isOurFlowLog(flowLog))
      throw new UserError(`The flow log \`${id}\` does not carry flowlog's tag any more.`, {
        hint: 'It was left as it is.',
      });
    const [failed] = await flowLogs.delete([id], signal);
    if (failed !== undefined) {
      const { problem, next } = unsuccessfulWords(failed);
      throw new UserError(problem, { hint: next });
    }
    return { words: `Flow log ${id} is deleted; it stops within minutes, and its files stay` };
  },
);

/** The error of an item that AWS did not do, by what its message contains, and what to do about it. */
const NEXT: readonly (readonly [RegExp, string])[] = [
  [
    /already ?exists/i,
    'A flow log with the same settings and destination records it already: `status` shows which.',
  ],
  [/limit ?exceeded|too many/i, 'Delete a flow log that is not needed, or ask AWS for a higher quota.'],
  [
    /access denied|unauthorized|not authorized|permission/i,
    'The bucket lets no flow logs in: look at its policy and at statements that deny, then go on.',
  ],
  [/does not exist|not ?found/i, 'Check the id of the resource, its region, and the name of the bucket.'],
  [
    /undeliverable|kms/i,
    'Let the bucket encrypt with a key named by its ARN, whose policy lets delivery.logs.amazonaws.com use it.',
  ],
  [
    /policy.*(size|large|20)/i,
    'The bucket policy is full: let it take deliveries to the whole bucket in one statement.',
  ],
];

/** What was not done and why, in AWS's words, and what to do next in ours. */
export function unsuccessfulWords({ id, code, message }: Unsuccessful): {
  readonly problem: string;
  readonly next: string;
} {
  const next = NEXT.find(([pattern]) => pattern.test(`${code} ${message}`))?.[1];
  return {
    problem: `AWS did not do it for \`${id}\`: ${message.replace(/[.\s]+$/, '')} (${code}).`,
    next: next ?? 'What was done before stays done: put that right and go on.',
  };
}
