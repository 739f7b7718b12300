/** How a readable file holds its records. */
export interface Shape {
  readonly format: 'text' | 'parquet';
  /** Field names in the order of the file's columns, as the log's header writes them. */
  readonly fields: readonly string[];
  /** The names of those columns in the file itself; a text file has none but its fields. */
  readonly columns: readonly string[];
  /** Whether the first line of a text file names the fields. */
  readonly header: boolean;
  /** Whether CloudWatch's time of export stands before each line. */
  readonly exported: boolean;
  /**
   * When its newest record ended, in epoch seconds, as far as a look at the file tells: the last line of text, the
   * statistics of Parquet. 0 when it has no records, undefined when nothing tells.
   */
  readonly newestEnd: number | undefined;
}

/** Why a file cannot be read, in words for people. */
export interface Unreadable {
  readonly reason: string;
  /** Set where the file looks like one whose writer is not done. */
  readonly unfinished?: true;
}

/** What looking into a file gives. */
export type Inspection = { readonly shape: Shape } | Unreadable;
