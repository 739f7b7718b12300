import { z } from 'zod';

const column = z.object({ name: z.string(), type: z.string() });

/** A table, as a plan writes it down. */
export const TABLE_SPEC = z.object({
  database: z.string(),
  name: z.string(),
  columns: z.array(column),
  partitionKeys: z.array(column),
  format: z.enum(['text', 'parquet']),
  location: z.string(),
  properties: z.record(z.string(), z.string()),
});
