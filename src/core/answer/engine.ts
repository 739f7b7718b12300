import type { Fetched } from '../lake/fetches.ts';
import type { Scan, UnreadObject } from '../lake/scan.ts';
import type { Cell } from '../query/columns.ts';
import type { Sql } from '../sql/sql.ts';

/** SQL text, bound values and what they read: plain data. */
export interface Statement extends Sql {
  readonly scan: Scan;
  /**
   * Whose question it is: the same for every attempt at answering it, so that an engine that bills runs it once.
   * Undefined for one that is never retried.
   */
  readonly identity?: string | undefined;
  /**
   * How old a result of the same text may be to be as good as a new one, in whole minutes, at least 1; the same for
   * every attempt too. Undefined when a new one is wanted.
   */
  readonly reusedMinutes?: number | undefined;
}

/** Rows of a result, in their order. */
export interface ResultPart {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Takes a part of a result; the next one comes when it was taken. */
export type TakePart = (part: ResultPart) => void | Promise<void>;

/** Takes the engine's own id of a run. */
export type OnStart = (runId: string) => Promise<void>;

/** One execution of a statement. */
export interface Run {
  /** Bytes as stored, compressed; 0 when an earlier result was reused, or another question is charged for the run. */
  readonly scannedBytes: number;
  /** Of those whose records count. */
  readonly filesRead: number;
  readonly elapsedMs: number;
  readonly reused: boolean;
  /** Whether an equal question, asked a moment before, is charged for it. */
  readonly isShared?: boolean;
  /** The engine's own id, for the log and the console link. */
  readonly id: string;
  /** Files that turned out unreadable while running. */
  readonly unread: readonly UnreadObject[];
  /** Lines in files that were read, which are no records; undefined where the engine does not say. */
  readonly unreadableLines: number | undefined;
  /** What was fetched for it; left out where files are read where they are. */
  readonly fetched?: Fetched;
  /** What Logs Insights gave for it, which was not known when the scan was chosen: it counts in place of that of the scan. Left out where it was not asked. */
  readonly insights?: Pick<Scan, 'objects' | 'notes'>;
}

/** Runs SQL over flow logs and says what it cost. */
export interface Engine {
  /** For the receipt and the log; nothing is decided by it. */
  readonly name: 'athena' | 'duckdb';
  /** Whether a run is charged by the bytes that it scans. */
  readonly bills: boolean;
  /**
   * Passes the result to `take` in parts, so that a long one is never held as a whole; one without rows is a part too.
   * `onStart` is called, where a run is billed, with the engine's own id of it as soon as that is known, and waited for.
   * @throws EngineError with a code; `cancelled` when the signal was aborted. What `take` throws is passed on.
   */
  run(statement: Statement, take: TakePart, signal: AbortSignal, onStart?: OnStart): Promise<Run>;
}

/** Whether reading a scan with an engine is charged: what is fetched and read on this machine is not, but what Logs Insights reads is. */
export function isBilled(
  { bills }: Pick<Engine, 'bills'>,
  { direct, insights }: Pick<Scan, 'direct' | 'insights'>,
): boolean {
  return bills && (direct === undefined || insights !== undefined);
}
