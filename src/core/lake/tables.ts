/** A column of a table, in the words of Hive DDL. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/** A table over flow log files: all that its DDL says. */
export interface TableSpec {
  readonly database: string;
  readonly name: string;
  /** In the order of the fields in the files, which is what a text table goes by. */
  readonly columns: readonly TableColumn[];
  readonly partitionKeys: readonly TableColumn[];
  readonly format: 'text' | 'parquet';
  /** `s3://bucket/prefix/…/` */
  readonly location: string;
  /** TBLPROPERTIES: the header to skip, partition projection, whose table it is. */
  readonly properties: Readonly<Record<string, string>>;
}

/** A table as it stands in the catalog; `format` is undefined when it reads neither text nor Parquet as we do. */
export interface StoredTable extends Omit<TableSpec, 'format'> {
  readonly format: TableSpec['format'] | undefined;
}

/** One partition: its values in the order of the table's partition keys, and where its files are. */
export interface TablePartition {
  readonly values: readonly string[];
  /** `s3://…/` */
  readonly location: string;
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
  createTable(spec: TableSpec, signal: AbortSignal): Promise<void>;
  /** Drops the table; files stay. */
  dropTable(database: string, name: string, signal: AbortSignal): Promise<void>;
  /** The partitions that were added explicitly, from all pages. */
  partitions(database: string, name: string, signal: AbortSignal): Promise<readonly TablePartition[]>;
  /** Adds a batch that fits into one statement. */
  addPartitions(spec: TableSpec, partitions: readonly TablePartition[], signal: AbortSignal): Promise<void>;
}
