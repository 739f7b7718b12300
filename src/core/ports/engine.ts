import type { Cell } from '../columns/column.ts';
import type { Sql } from '../sql/sql.ts';
import type { Scan, UnreadObject } from './scan.ts';

/** SQL text, bound values and what they read: plain data. */
export interface Statement extends Sql {
  readonly scan: Scan;
  /**
   * Whose question it is: the same for every attempt at answering it, so that an engine that bills runs it once.
   * Undefined for one that nobody would ask for again.
   */
  readonly identity?: string | undefined;
  /** The window ended so long ago that a result of the same text, made in the last hour, is as good as a new one. */
  readonly reusable?: boolean;
}

/** One execution of a statement. */
export interface Run {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Bytes as stored, compressed; 0 when an earlier result was reused. */
  readonly scannedBytes: number;
  /** Of those whose records count. */
  readonly filesRead: number;
  readonly elapsedMs: number;
  readonly reused: boolean;
  /** The engine's own id, for the log and the console link. */
  readonly id: string;
  /** Files that turned out unreadable while running. */
  readonly unread: readonly UnreadObject[];
  /** Lines in files that were read, which are no records. */
  readonly unreadableLines: number;
}

/** Runs SQL over flow logs and says what it cost. */
export interface Engine {
  readonly name: 'athena' | 'duckdb';
  /** @throws EngineError with a code; `cancelled` when the signal was aborted. */
  run(statement: Statement, signal: AbortSignal): Promise<Run>;
}
