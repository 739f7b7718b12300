/** One value as an engine returns it, before decoding. */
export type Cell = string | number | bigint | boolean | null;

/** A whole number that may pass 2^53; exact either way. */
export type Integer = number | bigint;

/** What a column holds, for machines that read `--json` and for renderers that align and sort. */
export type ColumnKind =
  | 'text'
  | 'address'
  | 'port'
  | 'protocol'
  | 'action'
  | 'interface'
  | 'count'
  | 'bytes'
  | 'moment';

/** A decoded value: moments are instants, absent numbers are null, absent text is `-` as in the logs. */
export type Value = string | Integer | Date | null;

/** One column of an answer: heading, decoding and showing. */
export interface Column<T extends Value = Value> {
  readonly title: string;
  readonly kind: ColumnKind;
  /** Whether it sorts and aligns as a number. */
  readonly numeric: boolean;
  /** @throws EngineError `broken` when the engine returned something that the column cannot hold. */
  decode(cell: Cell): T;
  /** Writes a value for people; `zone` is an IANA time zone. */
  show(value: T, zone: string): string;
}

/** The columns of a query by SQL name, in the order in which they are returned and shown. */
export type ColumnSpec = Readonly<Record<string, Column>>;

/** One decoded row. */
export type RowOf<C extends ColumnSpec> = {
  readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never;
};

/** A row whose columns are not known to the compiler. */
export type Row = Readonly<Record<string, Value>>;
