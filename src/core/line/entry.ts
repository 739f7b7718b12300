import type { ArgSpec } from './argument.ts';

/**
 * What a line can begin with, a query or an operation: its name, its arguments and the words about it. Parser, usage,
 * help, mistakes and the tables of the README are derived from it.
 */
export interface Entry<S extends ArgSpec = ArgSpec> {
  /** What people type; equals the file name. */
  readonly name: string;
  /** One line of help, no full stop. */
  readonly summary: string;
  /** What the answer means, and what it does not. */
  readonly about: string;
  readonly args: S;
  /** Whether a line has a window: the last hour when none is said, only when one is said, or not at all. */
  readonly windowed: 'always' | 'optional' | 'never';
}
