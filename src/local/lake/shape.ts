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
  /** The last change of the file when it was looked at: a changed file is looked at again. */
  readonly modifiedMs: number;
}

/** What looking into a file gives: its shape, or why it cannot be read, in words for people. */
export type Inspection = { readonly shape: Shape } | { readonly reason: string };
