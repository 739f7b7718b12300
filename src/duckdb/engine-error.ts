import { stopped } from '../core/answer/turns.ts';
import { EngineError, type EngineErrorCode } from '../core/errors.ts';

/** DuckDB's errors begin with the name of their kind. */
const CODES: readonly (readonly [RegExp, EngineErrorCode])[] = [
  [/^INTERRUPT/i, 'cancelled'],
  [/^Out of Memory/i, 'exhausted'],
  [/^(Parser|Binder|Catalog|Syntax|Not implemented) Error/i, 'rejected'],
  [/^Permission Error/i, 'denied'],
];

/** Errors after which DuckDB refuses every statement, until it is opened again. */
const FATAL = /\b(?:FATAL|INTERNAL) Error\b/i;
/** The error of statements that were running when another one's error ended DuckDB. */
const ENDED_BY_ANOTHER = /database has been invalidated/i;

/** Whether an error has ended DuckDB itself, and not the statement alone. */
export function isFatal(error: unknown): boolean {
  return FATAL.test(firstLineOf(error));
}

/** Whether an error is another statement's, which has ended DuckDB: the same statement may well run on a new one. */
export function wasEndedByAnother(error: unknown): boolean {
  return ENDED_BY_ANOTHER.test(firstLineOf(error));
}

function firstLineOf(error: unknown): string {
  const [firstLine = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return firstLine;
}

/** An error of DuckDB with its code. */
export function engineError(error: unknown, signal: AbortSignal): EngineError {
  if (error instanceof EngineError) return error;
  const firstLine = firstLineOf(error);
  if (signal.aborted) return stopped(signal, error);
  const code = CODES.find(([pattern]) => pattern.test(firstLine))?.[1] ?? 'broken';
  return new EngineError(code, firstLine, { cause: error });
}
