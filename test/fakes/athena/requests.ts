import { z } from 'zod';
import { invalid } from './aws-fault.ts';

/** The inputs that Athena takes, with the limits of its API. */
export const START = z.object({
  QueryString: z.string().min(1).max(262_144),
  ClientRequestToken: z.string().min(32).max(128),
  ExecutionParameters: z.array(z.string().min(1).max(1_024)).min(1).optional(),
  QueryExecutionContext: z.object({ Database: z.string().min(1), Catalog: z.string().min(1) }),
  WorkGroup: z.string(),
  ResultReuseConfiguration: z
    .object({
      ResultReuseByAgeConfiguration: z.object({
        Enabled: z.boolean(),
        MaxAgeInMinutes: z.number().min(0).max(10_080),
      }),
    })
    .optional(),
});

export const BATCH_GET = z.object({ QueryExecutionIds: z.array(z.string()).min(1).max(50) });

export const GET_RESULTS = z.object({
  QueryExecutionId: z.string(),
  MaxResults: z.number().min(1).max(1_000),
  NextToken: z.string().optional(),
});

/** The input of those that are about one execution: to stop it, or to describe it. */
export const ONE = z.object({ QueryExecutionId: z.string() });

/** What Athena is asked to start. */
export type StartInput = z.infer<typeof START>;

/** Reads an input. @throws AwsFault when Athena would not take it. */
export function inputOf<T>(schema: z.ZodType<T>, body: string): T {
  const read = schema.safeParse(JSON.parse(body));
  if (!read.success) throw invalid(`1 validation error detected: ${z.prettifyError(read.error)}`);
  return read.data;
}
