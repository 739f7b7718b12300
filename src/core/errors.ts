/** What a person can do about a mistake of their own. */
export interface Remedy {
  /** A whole line that can be pasted and that parses. */
  readonly correctedLine?: string;
  /** What to do when no corrected line can be made. */
  readonly hint?: string;
}

/**
 * A mistake in what a person typed. The message quotes their word in backticks and is shown as it is.
 * Nothing ran and nothing was billed.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly correctedLine: string | undefined;
  readonly hint: string | undefined;

  constructor(message: string, remedy: Remedy = {}) {
    super(message);
    this.correctedLine = remedy.correctedLine;
    this.hint = remedy.hint;
  }
}

/**
 * Why an engine gave no rows: the statement was refused, someone stopped it, it took too long, the engine is
 * too busy, we may not read, memory or disk ran out, or the engine failed in a way that we do not know.
 */
export type EngineErrorCode =
  | 'rejected'
  | 'cancelled'
  | 'timed-out'
  | 'throttled'
  | 'denied'
  | 'exhausted'
  | 'broken';

/** A question that an engine could not answer; `code` says what to do next. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
