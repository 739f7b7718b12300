/** What a person can do about a mistake of their own. */
export interface Remedy {
  /** A whole line that can be pasted and that parses. */
  readonly correctedLine?: string;
  /** What to do when no corrected line can be made. */
  readonly hint?: string;
  /** Ids of people in the message: shown by their names where those are known. */
  readonly people?: readonly string[];
}

/**
 * A mistake in what a person typed. The message quotes their word in backticks and is shown as it is.
 * Nothing ran and nothing was billed.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly correctedLine: string | undefined;
  readonly hint: string | undefined;
  readonly people: readonly string[] | undefined;

  constructor(message: string, remedy: Remedy = {}) {
    super(message);
    this.correctedLine = remedy.correctedLine;
    this.hint = remedy.hint;
    this.people = remedy.people;
  }
}

/**
 * Why an engine gave no rows: the statement was refused, a person stopped it, it took too long, it read more than the
 * workgroup allows, the engine is too busy, we may not read, our credentials are over, the workgroup or the table is
 * not there, the region is another one, memory or disk ran out, a file is none that the table reads, the result of
 * a run that succeeded is gone, or the engine failed in a way that we do not know.
 */
export type EngineErrorCode =
  | 'rejected'
  | 'cancelled'
  | 'timed-out'
  | 'over-limit'
  | 'throttled'
  | 'denied'
  | 'expired'
  | 'not-set-up'
  | 'missing-table'
  | 'wrong-region'
  | 'exhausted'
  | 'unreadable'
  | 'lost-result'
  | 'broken';

/** What a run is charged for that gave no rows: Athena bills a stopped one for what it had read. */
export interface Billed {
  readonly scannedBytes: number;
  /** The engine's own id of the run. */
  readonly runId: string;
  /** Who bills it; Athena when left out. */
  readonly by?: 'Logs Insights';
  /** The run could not be stopped: it goes on, and all that it will read is charged. */
  readonly goesOn?: boolean;
  /** Undefined until it was computed from the prices. */
  readonly dollars?: number;
}

/** What an error of an engine has in addition to its message. */
export interface EngineErrorOptions extends ErrorOptions {
  readonly billed?: Billed | undefined;
}

/** A question that an engine could not answer; `code` says what to do next, the message what exactly is wrong. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  /** Undefined when the run is free, or none started. */
  readonly billed: Billed | undefined;

  constructor(code: EngineErrorCode, message: string, options: EngineErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.billed = options.billed;
  }
}

/**
 * Why what must survive a restart could not be read or written: the disk is full, the file or the database may only be
 * read, it is damaged, another process holds it, a newer version of flowlog has written it, it may not be opened, or it
 * cannot be reached.
 */
export type StoreErrorCode = 'full' | 'read-only' | 'damaged' | 'locked' | 'newer' | 'denied' | 'unreachable';

/**
 * The store did not do what it was asked, and nothing of it was written. The message says what happened and the hint what
 * to do, both as people read them: neither names a password.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly hint: string;

  constructor(code: StoreErrorCode, message: string, hint: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
