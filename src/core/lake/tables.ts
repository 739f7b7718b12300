import type { TablePartition, TableSpec } from '../sql/hive-ddl.ts';

/** Where a table is. */
export interface TableAddress {
  /** `s3tablescatalog/<bucket>`; the account's own catalog when left out. */
  readonly catalog?: string;
  readonly database: string;
  readonly name: string;
}

/** The columns of a table of whatever make, in the words of Hive. */
export type TableSchema = Pick<TableSpec, 'columns' | 'partitionKeys'>;

/** A table as the catalog has it; `format` is undefined when it reads neither text nor Parquet as we do. */
export interface StoredTable extends Omit<TableSpec, 'format'> {
  readonly format: TableSpec['format'] | undefined;
}

/** A workgroup: where results go and how much one query may scan. */
export interface Workgroup {
  readonly name: string;
  /** `s3://…/`; undefined when clients must say it or AWS keeps results. */
  readonly resultLocation: string | undefined;
  readonly scanLimitBytes: number | undefined;
  /** Whether clients cannot choose otherwise. */
  readonly enforced: boolean;
}

/** A workgroup to be made: results encrypted, settings enforced. */
export interface WantedWorkgroup {
  readonly name: string;
  readonly resultLocation: string;
  /** AWS takes no less than 10,000,000. */
  readonly scanLimitBytes: number;
}

/**
 * The catalog of tables and what belongs to it. DDL scans nothing and costs nothing. Every method throws CloudError;
 * creating what is there already, and dropping what is not, does nothing.
 */
export interface Tables {
  /** The account that pays for queries and the region where they run. */
  home(signal: AbortSignal): Promise<{ readonly account: string; readonly region: string }>;
  workgroup(name: string, signal: AbortSignal): Promise<Workgroup | undefined>;
  createWorkgroup(wanted: WantedWorkgroup, signal: AbortSignal): Promise<void>;
  hasDatabase(database: string, signal: AbortSignal): Promise<boolean>;
  createDatabase(database: string, signal: AbortSignal): Promise<void>;
  table(database: string, name: string, signal: AbortSignal): Promise<StoredTable | undefined>;
  /** The columns that a table has now; undefined where there is none. */
  schema(address: TableAddress, signal: AbortSignal): Promise<TableSchema | undefined>;
  createTable(spec: TableSpec, signal: AbortSignal): Promise<void>;
  /** Drops the table; files stay. */
  dropTable(database: string, name: string, signal: AbortSignal): Promise<void>;
  /** The partitions that were added explicitly, from all pages. */
  partitions(database: string, name: string, signal: AbortSignal): Promise<readonly TablePartition[]>;
  /** Adds a batch that fits into one statement. */
  addPartitions(spec: TableSpec, partitions: readonly TablePartition[], signal: AbortSignal): Promise<void>;
}
