import { identifier } from '../sql/literals.ts';
import { joinedBy, type Sql, sql } from '../sql/sql.ts';
import { NAMES_OF_ALL, type NameReading, nameOfEach } from './recorded-names.ts';
import type { Columns } from './selection.ts';

/** What every statement returns before the query's own columns. */
export const COVERAGE_COLUMNS = [
  'matched',
  'skip_data',
  'skipped_at',
  'no_data',
  'other_status',
  'newest_end',
  'named',
] as const;

/** A status that AWS does not document: such a record does not count as traffic. */
const OTHER_STATUS: Sql = sql`log_status IS NULL OR log_status NOT IN ('OK', 'NODATA', 'SKIPDATA', 'NOT RECORDED')`;

/** NULL in the rows of the answer, and in no row of coverage. */
export const COVERAGE_MARK: Sql = identifier(COVERAGE_COLUMNS[0]);

type CoverageColumns = Columns & Readonly<Record<(typeof COVERAGE_COLUMNS)[number], Sql>>;

/** All but the mark, as one text: every row of a level carries each column, and sorting them was a fifth of a long question. */
const PACKED = identifier('coverage');

/** The columns of coverage as every level over groups passes them on. */
export const CARRIED: readonly Sql[] = [COVERAGE_MARK, PACKED];

/** In the order of the text: numbers come first, so that no odd text takes the place of one. */
const PACKED_NUMBERS = ['skip_data', 'no_data', 'other_status', 'newest_end'] as const;
const PACKED_TEXTS = ['skipped_at', 'named'] as const;

/** A line break: no field of a record has one. */
const BREAK = sql`chr(10)`;

/** The columns of coverage as two, the mark and a text. */
export function packedCoverage(columns: CoverageColumns): Columns {
  const numbers = PACKED_NUMBERS.map((name) => sql`coalesce(CAST(${columns[name]} AS varchar), '')`);
  const texts = PACKED_TEXTS.map((name) => sql`coalesce(${columns[name]}, '')`);
  return { matched: columns.matched, coverage: joinedBy(sql` || ${BREAK} || `, [...numbers, ...texts]) };
}

/** The columns of coverage out of those two, each under its name. */
export const UNPACKED_COVERAGE: readonly Sql[] = COVERAGE_COLUMNS.map((name) => {
  const own = identifier(name);
  const places: readonly string[] = [...PACKED_NUMBERS, ...PACKED_TEXTS];
  const place = places.indexOf(name);
  if (place === -1) return own;
  const part = sql`split_part(${PACKED}, ${BREAK}, ${place + 1})`;
  return place < PACKED_NUMBERS.length
    ? sql`TRY_CAST(${part} AS bigint) AS ${own}`
    : sql`CASE WHEN ${part} <> '' THEN ${part} END AS ${own}`;
});

/** Where names are not asked for, or not recorded. */
const NO_NAMES_READ = sql`CAST(NULL AS varchar)`;

/**
 * What is counted of all records that were read, and the names that they say. `count_if` is avoided: of no records at all
 * DuckDB's is NULL.
 */
export function countsOfAll(matching: Sql, naming: NameReading | undefined): CoverageColumns {
  return {
    matched: sql`count(*) FILTER (WHERE ${matching})`,
    skip_data: sql`count(*) FILTER (WHERE log_status = 'SKIPDATA')`,
    // The interfaces, sorted, with commas between them: only there can flows have been lost.
    skipped_at: sql`array_join(array_sort(map_keys(histogram(coalesce(interface_id, '-')) FILTER (WHERE log_status = 'SKIPDATA'))), ',')`,
    no_data: sql`count(*) FILTER (WHERE log_status = 'NODATA')`,
    other_status: sql`count(*) FILTER (WHERE ${OTHER_STATUS})`,
    newest_end: sql`max(end_seconds)`,
    named: naming === undefined ? NO_NAMES_READ : NAMES_OF_ALL,
  };
}

/** The records that a list holds for coverage, with those that were asked for. */
export const LISTED_FOR_COVERAGE: Sql = sql`log_status IS NULL OR log_status NOT IN ('OK', 'NODATA', 'NOT RECORDED')`;

/**
 * The coverage columns of a list: each record of lost flows or of an unknown status is a row of coverage, and each of the
 * others says its own names.
 */
export function coverageOfEach(naming: NameReading | undefined): CoverageColumns {
  return {
    matched: sql`CASE WHEN ${LISTED_FOR_COVERAGE} THEN 0 END`,
    skip_data: sql`CASE WHEN log_status = 'SKIPDATA' THEN 1 WHEN ${LISTED_FOR_COVERAGE} THEN 0 END`,
    skipped_at: sql`CASE WHEN log_status = 'SKIPDATA' THEN coalesce(interface_id, '-') END`,
    no_data: sql`CAST(NULL AS bigint)`,
    other_status: sql`CASE WHEN log_status = 'SKIPDATA' THEN 0 WHEN ${LISTED_FOR_COVERAGE} THEN 1 END`,
    newest_end: sql`end_seconds`,
    named: naming === undefined ? NO_NAMES_READ : nameOfEach(naming),
  };
}
