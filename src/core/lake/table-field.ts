import type { FieldName } from '../flow-log/fields.ts';

/** A value in a row of a table, and how it is written there: plain data, because scans are written down. */
export interface TableValue {
  /** A column, then members of structs in it: `src_endpoint`, `ip`. */
  readonly path: readonly string[];
  /** Of a list at the end of the path the first element is meant. */
  readonly first?: true;
  readonly type: 'text' | 'number' | 'timestamp' | 'date' | 'other';
  /** Of a number that is a time; seconds when left out. */
  readonly unit?: 'milliseconds';
}

/** Where a table that flowlog did not make keeps a field. */
export interface TableField {
  /** The first that is not NULL counts. */
  readonly values: readonly TableValue[];
  /** What flow logs call what the table calls otherwise, by the table's word or number. Other words mean nothing. */
  readonly words?: Readonly<Record<string, string>>;
}

/** Where a table keeps the fields that it has. */
export type TableFields = Readonly<Partial<Record<FieldName, TableField>>>;
