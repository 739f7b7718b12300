import { z } from 'zod';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { Tagged } from '../../core/flow-log/fields.ts';

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
