import type { EngineErrorCode } from '../errors.ts';

/** A line that was asked, as it is remembered before the engine is asked. */
export interface AskedLine {
  /** The request's own identity (a trigger, an event, a click), so that a retry is recognised. */
  readonly id: string;
  /** The canonical line; times are absolute, so that asking again after a restart asks the same. */
  readonly line: string;
  /** Who asked: a user id, or the name of a terminal's user. */
  readonly person: string;
  readonly zone: string;
  /** Where the answer goes, written and read only by the door that the line came through. */
  readonly place: string;
  /** Whose budget it counts for in addition to the person's: keys of the door's own, empty where it has none. */
  readonly channel: string;
  readonly thread: string;
  readonly askedAt: Date;
  /** The id of the equal question before it, which is run once for both; undefined for one that is run for itself. */
  readonly sameAs?: string;
}

/** How a question ended. */
export type QuestionOutcome = 'answered' | 'mistaken' | 'crashed' | EngineErrorCode;

/** What a finished question cost. */
export interface Finished {
  readonly outcome: QuestionOutcome;
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
  /** Who stopped it, for the audit; undefined where it ended by itself. */
  readonly stoppedBy?: string;
}

/** What a question cost that ran nothing. */
export const NOTHING_SPENT: Omit<Finished, 'outcome' | 'finishedAt'> = {
  rows: 0,
  scannedBytes: 0,
  estimatedBytes: 0,
  dollars: 0,
  elapsedMs: 0,
  runId: '',
};

/** A finished question with its line, for history and cost. */
export type Remembered = AskedLine & Finished;

/** Selects spending; every condition that is given must hold, none selects all. */
export interface SpendScope {
  readonly since?: Date;
  readonly person?: string;
  readonly channel?: string;
  readonly thread?: string;
}

/** Knows what was spent, and what may still be. */
export interface Spending {
  /** Dollars billed to finished questions. */
  spent(scope: SpendScope): Promise<number>;
  /** Dollars set aside for questions that wait or run at an instant. */
  underWay(scope: Omit<SpendScope, 'since'>, at: Date): Promise<number>;
}

/** The dollars that a question may cost, and the limits for them. */
export interface Reservation {
  readonly dollars: number;
  /** Of the thread; empty where there is none. */
  readonly thread: string;
  /** Undefined for a question whose price a person has agreed to. */
  readonly limits: { readonly thread: number; readonly day: number } | undefined;
  /** When the day began of which the limit is meant. */
  readonly dayBegan: Date;
  readonly at: Date;
}

/** Whether the dollars were set aside, or the limit of the thread or of the day is reached. */
export type ReservationResult = 'set-aside' | 'thread' | 'day';

/** Sets dollars aside for questions that wait or run, so that no others spend them meanwhile. */
export interface Reserving {
  /**
   * Sets dollars aside for a question in flight until it ends, also across a restart, unless with what was billed and
   * what is set aside for others they would pass a limit: one step, however many questions come at once, also from
   * several processes. Done again, it replaces what was set aside before. Without an id it only looks.
   */
  setAside(id: string | undefined, wish: Reservation): Promise<ReservationResult>;
}

/**
 * A question that was begun longer ago than this is not taken up any more, so that what was set aside for it is not
 * waited for either: the process that asked it was killed.
 */
export const IN_FLIGHT_LASTS_MS = 24 * 60 * 60_000;

/**
 * How long a question in flight belongs to the process that begins it or takes it up, unless that process renews its
 * lease: a process that was killed no longer does.
 */
export const LEASE_LASTS_MS = 20_000;

/** Equal questions of several people within this time are one: they get the same answer, and it is billed once. */
export const SAME_QUESTION_MS = 60_000;

/** Whether a question was taken, was known before, or exceeds what a person may have in flight. */
type Begun = 'begun' | 'known' | 'full';

/** What to look at when a question is begun. */
export interface BeginOptions {
  /** How many questions the person may have in flight; as many as they like when left out. */
  readonly most?: number | undefined;
  /**
   * Equal for questions that one run answers. One that was asked at most `SAME_QUESTION_MS` before by another person, or
   * is in flight, and did not fail, becomes the `sameAs` of this one. Without it a question is never the same as another.
   */
  readonly sameKey?: string | undefined;
}

/** Which questions in flight are taken up: all, as at the start and when left out, or only those that other processes left behind. */
export type TakenUp = 'all' | 'left behind';

/** Remembers what was asked, what is in flight and what it cost, across restarts. */
export interface Store extends Spending, Reserving {
  /**
   * Writes a question down before the engine is asked, unless its id was taken before or the person has `most` others in
   * flight. It belongs to this process until its lease is over.
   */
  begin(asked: AskedLine, options?: BeginOptions): Promise<Begun>;
  /** Writes down that the engine runs a question, and under which id. */
  started(id: string, runId: string): Promise<void>;
  /**
   * Whether another question is charged for a run that answers both: the one that has paid for it, else the one that was
   * asked first of those that have not failed.
   */
  isPaidByOther(id: string, runId: string): Promise<boolean>;
  /**
   * Whether a question in flight still belongs to this process: another one takes it up when this one did not renew its
   * lease in time. Renews the lease.
   */
  holds(id: string, at: Date): Promise<boolean>;
  /** Replaces the place of a question in flight, and its thread, once the door knows more (the thread was opened). */
  moveTo(id: string, place: string, thread: string): Promise<void>;
  /** What was asked under an id, whether it has ended or not; undefined when nothing was. */
  find(id: string): Promise<AskedLine | undefined>;
  /** Ends a question; a second end is ignored. */
  finish(id: string, finished: Finished): Promise<void>;
  /** Questions that were begun and never finished, oldest first. */
  inFlight(): Promise<readonly AskedLine[]>;
  /**
   * Takes up the questions in flight whose lease is over, and with `all` those that belong to this process already; they
   * belong to this process from then on. Oldest first. Of two processes that take up at once, each question goes to one.
   */
  takeUp(at: Date, whose?: TakenUp): Promise<readonly AskedLine[]>;
  /** Renews the leases of this process. */
  renewLeases(at: Date): Promise<void>;
  /** The latest finished questions, newest first. */
  recent(limit: number): Promise<readonly Remembered[]>;
  /**
   * Forgets the questions that ended before an instant, and returns how many. Those of a thread in which a question waits,
   * or has ended since, stay: the budget of the thread counts them.
   */
  sweep(before: Date): Promise<number>;
}
