import type { SlotRange } from '../../core/flow-log/slots.ts';
import type { ScannedObject } from '../../core/lake/scan.ts';

/** How a readable file holds its records. */
export interface Shape {
  readonly format: 'text' | 'parquet';
  /** Fields in the order of the file's columns, as `fieldName` calls them. */
  readonly fields: readonly string[];
  /** The columns in the file itself; a text file has none but its fields. */
  readonly columns: readonly StoredColumn[];
  /** Whether the first line of a text file names the fields. */
  readonly header: boolean;
  /** Whether each line begins with CloudWatch's time of export. */
  readonly exported: boolean;
  /** Undefined where it is not known. */
  readonly records?: number | undefined;
  /** Lines of a text file that are no records. */
  readonly unreadableLines?: number;
  /** From the end of its oldest record to a second behind that of its newest; undefined where it is not known, or there is none. */
  readonly ends?: SlotRange | undefined;
  /** The same for files that hold the same text, whatever they are compressed with, among those that were looked at in the same way. */
  readonly digest?: string | undefined;
  /** Set where lines were not counted: whoever reads them finds out whether all are records. */
  readonly isGlanced?: true;
}

/** A column of a Parquet file. */
export interface StoredColumn {
  readonly name: string;
  /** As DuckDB calls it. */
  readonly type: string;
}

/** Why a file cannot be read, in words for people. */
export interface Unreadable {
  readonly reason: string;
  /** Set where the file looks like one whose writer is not done. */
  readonly unfinished?: true;
  /** Set where it stays so for as long as the file does not change. */
  readonly final?: true;
  /** Set where its contents are those of another service of AWS: it is no flow log, and none is missing for it. */
  readonly otherService?: true;
}

/** What the inspection of a file finds. */
export type Inspection = { readonly shape: Shape } | Unreadable;

/** A file of a lake that can be read, and how it holds its records. */
export interface ReadableObject {
  readonly object: ScannedObject;
  readonly shape: Shape;
}
