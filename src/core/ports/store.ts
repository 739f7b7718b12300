import type { EngineErrorCode } from '../errors.ts';

/** A line that was asked, as it is remembered before the engine is asked. */
export interface Asked {
  /** The request's own identity (a trigger, an event, a click), so that a retry is recognised. */
  readonly id: string;
  /** The canonical line; times are absolute, so that asking again after a restart asks the same. */
  readonly line: string;
  /** Who asked: a user id, or the name of a terminal's user. */
  readonly person: string;
  readonly zone: string;
  /** Where the answer goes, written and read only by the door that the line came through. */
  readonly place: string;
  /** Whose budget it counts for beside the person's: keys of the door's own, empty where it has none. */
  readonly channel: string;
  readonly thread: string;
  readonly askedAt: Date;
}

/** How a question ended. */
export type Outcome = 'answered' | 'mistaken' | 'crashed' | EngineErrorCode;

/** What a finished question cost. */
export interface Finished {
  readonly outcome: Outcome;
  readonly rows: number;
  readonly scannedBytes: number;
  /** What the scan was thought to be, before. */
  readonly estimatedBytes: number;
  /** What was billed. */
  readonly dollars: number;
  readonly elapsedMs: number;
  /** The engine's id of the run; empty when none started. */
  readonly runId: string;
  readonly finishedAt: Date;
}

/** A finished question with its line, for history and cost. */
export type Remembered = Asked & Finished;

/** Whose spending is meant; every condition that is given must hold, none means all. */
export interface SpendScope {
  readonly since?: Date;
  readonly person?: string;
  readonly channel?: string;
  readonly thread?: string;
}

/** Knows what was spent. */
export interface Spending {
  /** Dollars billed to finished questions. */
  spent(scope: SpendScope): Promise<number>;
}

/** Remembers what was asked, what is in flight and what it cost, across restarts. */
export interface Store extends Spending {
  /** Writes a question down before the engine is asked. False when this id was taken before: do not answer again. */
  begin(asked: Asked): Promise<boolean>;
  /** Replaces the place of a question in flight, and its thread, once the door knows more (the thread was opened). */
  moveTo(id: string, place: string, thread: string): Promise<void>;
  /** What was asked under an id, whether it has ended or not; undefined when nothing was. */
  find(id: string): Promise<Asked | undefined>;
  /** Ends a question; the first end stands. */
  finish(id: string, finished: Finished): Promise<void>;
  /** Questions that were begun and never finished, oldest first. */
  inFlight(): Promise<readonly Asked[]>;
  /** The latest finished questions, newest first. */
  recent(limit: number): Promise<readonly Remembered[]>;
  close(): Promise<void>;
}
