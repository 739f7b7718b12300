import type { Columns } from '../selection/selection.ts';
import { sql } from '../sql/sql.ts';
import { exactSum } from './exact-sum.ts';

/** The sums of `atOneVantage`, over the keys that a second grouping puts together. */
export const SUMMED_UP = {
  bytes: exactSum(sql`bytes`),
  packets: exactSum(sql`packets`),
  records: sql`CAST(sum(records) AS bigint)`,
  first_seen: sql`min(first_seen)`,
  last_seen: sql`max(last_seen)`,
} satisfies Columns;
