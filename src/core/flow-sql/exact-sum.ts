import { type Sql, sql } from '../sql/sql.ts';

/**
 * A sum of whole numbers that no absurd number overflows: Trino fails where a sum passes 2^63. NULL where no record
 * has a number: what was not measured is absent, not 0.
 */
export function exactSum(column: Sql): Sql {
  return sql`sum(CAST(${column} AS decimal(38, 0)))`;
}
