import { stopped } from '../../core/answer/turn/stopped.ts';
import { EngineError, type EngineErrorCode } from '../../core/errors.ts';

/** DuckDB's errors begin with the name of their kind. */
const CODES: readonly (readonly [RegExp, EngineErrorCode])[] = [
  [/^INTERRUPT/i, 'cancelled'],
  [/^Out of Memory/i, 'exhausted'],
  [/^(Parser|Binder|Catalog|Syntax|Not implemented) Error/i, 'rejected'],
  [/^Permission Error/i, 'denied'],
];

/** Gives an error of DuckDB the code by which people are told what to do next. */
export function engineError(error: unknown, signal: AbortSignal): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [firstLine = ''] = message.split('\n');
  if (signal.aborted) return stopped(signal, error);
  const code = CODES.find(([pattern]) => pattern.test(message))?.[1] ?? 'broken';
  return new EngineError(code, firstLine, { cause: error });
}
