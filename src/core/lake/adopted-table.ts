import type { Partitioning } from './partitioning.ts';
import type { TableAddress } from './tables.ts';

/** A table that flowlog did not make, as flowlog.yml describes it: its columns themselves are read from the catalog. */
export interface AdoptedTable extends TableAddress {
  /**
   * Columns by field, with dots where they are within a struct: `srcaddr: src_endpoint.ip`; or that they are those of OCSF.
   * Fields that are not named have columns called as flow logs call them.
   */
  readonly columns?: 'ocsf' | Readonly<Record<string, string>>;
  /** The fields that are read; all that the table has when left out. */
  readonly fields?: readonly string[];
  /** A column of time by which the table is sorted or cut into files; that of OCSF when left out. */
  readonly time?: string;
  /** What times that are numbers count; seconds when left out, and milliseconds in OCSF. */
  readonly times?: 'seconds' | 'milliseconds';
  readonly partitioning?: Partitioning;
}

/** A table as people write it: `logs.vpc`, or `s3tablescatalog/aws-cloudwatch.logs.vpc`. */
export function tableWords({ catalog, database, name }: TableAddress): string {
  return [...(catalog === undefined ? [] : [catalog]), database, name].join('.');
}
