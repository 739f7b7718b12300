import type { Window } from '../window/window.ts';
import type { Operation } from './operation.ts';

/** A line that was understood as an operation. */
export interface Command {
  readonly operation: Operation;
  /** The argument values by name; the operation knows their types. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly window: Window | undefined;
  readonly zone: string;
  /** The line in its canonical form, its window as two instants: it parses to this command, at any time. */
  readonly line: string;
  readonly notes: readonly string[];
}
