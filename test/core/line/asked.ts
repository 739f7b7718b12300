import { UserError } from '../../../src/core/errors.ts';
import { type RequestOrHelp, readRequest } from '../../../src/core/operation/request.ts';
import type { Question } from '../../../src/core/query/question.ts';
import { A_CONTEXT } from './a-catalog.ts';

/** The question that a line asks. */
export function asked(line: string, context = A_CONTEXT): Question {
  const understanding = readRequest(line, context);
  if (!('query' in understanding)) throw new Error(`${line} is no question`);
  return understanding;
}

/** The mistake that a line makes. */
export function mistaken(line: string, context = A_CONTEXT): UserError {
  try {
    readRequest(line, context);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${line} is understood`);
}

/** What a line gives, be it understood or mistaken; any other error passes. */
export function outcome(line: string, context = A_CONTEXT): RequestOrHelp | UserError {
  try {
    return readRequest(line, context);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
