import type { Entry } from '../line/entry.ts';
import { writeLine } from '../line/write-line.ts';
import type { Window, WindowWords } from '../time/window.ts';
import type { NamedWindow } from './flow-columns.ts';
import type { CannedQuery } from './query.ts';

/** A line that was understood. */
export interface Question {
  readonly query: CannedQuery;
  /**
   * The argument values by name; the query knows their types. In the place of an address there may be an `AddressName`
   * until it is looked up, which is before anything is read.
   */
  readonly args: Readonly<Record<string, unknown>>;
  readonly words: WindowWords;
  readonly window: Window;
  /** The time zone in which times without a zone were read: an IANA name. */
  readonly zone: string;
  /** The line in its canonical form; it parses to this question. */
  readonly line: string;
  /** What was read otherwise than typed: `10.1.2.3/8 was read as 10.0.0.0/8`. */
  readonly notes: readonly string[];
  /** All that a line can begin with where this one was typed: what a next step can be. */
  readonly catalog: readonly Entry[];
}

/** All windows that a question reads, by name, that which was asked for first. */
export function windowsOf({ query, window }: Pick<Question, 'query' | 'window'>): readonly NamedWindow[] {
  return [['asked', window], ...Object.entries(query.windows?.(window) ?? {})];
}

/** The line of a question with its window as two instants: asked again at any time, it asks the same. */
export function absoluteLine({ query, args, window }: Question): string {
  return writeLine(query, args, { kind: 'between', ...window });
}
