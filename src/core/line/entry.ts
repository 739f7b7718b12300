import type { ArgSpec } from './argument.ts';

/**
 * What a line can begin with, a query or an operation: its name, its arguments and the words about it. Parser, usage,
 * help, mistakes and the tables of the README are derived from it.
 */
export interface Entry<S extends ArgSpec = ArgSpec> {
  /** A query asks the records; an operation works on flow logs, tables and files. */
  readonly kind: 'query' | 'operation';
  /** What people type; equals the file name. */
  readonly name: string;
  /** One line of help, no full stop. */
  readonly summary: string;
  /** What the answer means, and what it does not. */
  readonly about: string;
  readonly args: S;
  /** Whether a line has a window: the last hour when none is said, only when one is said, or not at all. */
  readonly windowed: 'always' | 'optional' | 'never';
  /** Whether `around` a time asks from then on, because the entry compares that with as long before; left out: both sides. */
  readonly aroundMeansAfter?: true;
}

/** What a line means depends on: which queries there are, when and where the asker is, and how much they may ask for. */
export interface LineContext {
  readonly catalog: readonly Entry[];
  readonly now: Date;
  /** The asker's time zone, an IANA name. */
  readonly zone: string;
  readonly longestWindowSeconds: number;
  /** The command before a line, as `/flowlog`; people paste it along. */
  readonly command?: string;
}

/** The query of a name, in any case. */
export function queryNamed(name: string | undefined, catalog: readonly Entry[]): Entry | undefined {
  const wanted = name?.toLowerCase();
  return catalog.find((query) => query.name === wanted);
}
