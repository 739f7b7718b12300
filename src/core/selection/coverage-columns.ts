import { identifier } from '../sql/identifier.ts';
import { type Sql, sql } from '../sql/sql.ts';
import type { Columns } from './selection.ts';

/** What every statement returns before the query's own columns. */
export const COVERAGE_COLUMNS = ['matched', 'skip_data', 'no_data', 'newest_end'] as const;

/** The columns of coverage as every level passes them on. */
export const CARRIED: readonly Sql[] = COVERAGE_COLUMNS.map(identifier);

/** NULL in the rows of the answer, and in no row of coverage. */
export const COVERAGE_MARK: Sql = identifier(COVERAGE_COLUMNS[0]);

type CoverageColumns = Columns & Readonly<Record<(typeof COVERAGE_COLUMNS)[number], Sql>>;

/** What is counted of all records that were read. `count_if` is avoided: of no records at all DuckDB's is NULL. */
export function countsOfAll(matching: Sql): CoverageColumns {
  return {
    matched: sql`count(*) FILTER (WHERE ${matching})`,
    skip_data: sql`count(*) FILTER (WHERE log_status = 'SKIPDATA')`,
    no_data: sql`count(*) FILTER (WHERE log_status = 'NODATA')`,
    newest_end: sql`max(end_seconds)`,
  };
}

/** What one record of a list tells: those of lost flows are its rows of coverage, each counts for itself. */
export const TOLD_BY_EACH: CoverageColumns = {
  matched: sql`CASE WHEN log_status = 'SKIPDATA' THEN 0 END`,
  skip_data: sql`CASE WHEN log_status = 'SKIPDATA' THEN 1 END`,
  no_data: sql`CAST(NULL AS bigint)`,
  newest_end: sql`end_seconds`,
};
