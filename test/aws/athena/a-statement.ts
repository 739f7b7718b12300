import type { Statement } from '../../../src/core/answer/engine.ts';
import { EngineError } from '../../../src/core/errors.ts';
import { type Collected, collected } from '../../support/collected.ts';
import type { OpenAthena } from './open-athena.ts';

/** A statement over all records; `changes` say what is different. */
export function aStatement({ scan }: Pick<OpenAthena, 'scan'>, changes: Partial<Statement> = {}): Statement {
  return { text: 'SELECT count(*) AS n FROM flow_records', bound: [], scan, ...changes };
}

/** A signal that is never aborted. */
export function unstopped(): AbortSignal {
  return new AbortController().signal;
}

/** Runs a statement to its end. */
export function run(
  opened: Pick<OpenAthena, 'engine' | 'scan'>,
  changes: Partial<Statement> = {},
): Promise<Collected> {
  return collected(opened.engine, aStatement(opened, changes), unstopped());
}

/** The error of a run that must fail. */
export async function failureOf(running: Promise<unknown>): Promise<EngineError> {
  const failure = await running.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof EngineError) return failure;
  throw new TypeError(`expected an EngineError, got ${String(failure)}`);
}

/** What people read of an error. */
export function shown({ code, message }: EngineError): readonly string[] {
  return [code, message];
}
