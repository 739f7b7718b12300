import { type Billed, EngineError } from '../../../core/errors.ts';
import { faultCode } from './fault-code.ts';
import { faultOf } from './fault-kind.ts';
import { faultWords } from './fault-words.ts';
import { harmless } from './harmless.ts';

/** What is known where a call failed. */
export interface FaultContext {
  readonly workgroup: string;
  readonly billed?: Billed | undefined;
}

/** Gives a fault of a call the code by which people are told what to do next. */
export function athenaError(error: unknown, { workgroup, billed }: FaultContext): EngineError {
  if (error instanceof EngineError) return error;
  const { name, message, code = '', AthenaErrorCode = '' } = faultOf(error);
  const told = faultCode([name, code, AthenaErrorCode, message].join(' '));
  return new EngineError(told, faultWords(told, message || name, workgroup), {
    cause: harmless(error),
    billed,
  });
}
