import { type Billed, EngineError } from '../../errors.ts';

/**
 * The error of a question whose signal was aborted, wherever it was at that moment: while files were looked for,
 * while it waited for its turn, or while the engine ran.
 */
export function stopped({ reason }: AbortSignal, cause: unknown, billed?: Billed): EngineError {
  const late = reason instanceof DOMException && reason.name === 'TimeoutError';
  return new EngineError(late ? 'timed-out' : 'cancelled', 'the question was stopped', { cause, billed });
}
