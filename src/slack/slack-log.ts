import { EngineError, StoreError, UserError } from '../core/errors.ts';
import { CloudError } from '../core/lake/cloud.ts';
import { redact } from '../core/redact.ts';
import { type FailureWords, failureWords } from '../render/failure.ts';
import { slackRefusal } from './api/slack-refusal.ts';

/** Where this room logs: the shape of pino, so that its logger fits as it is. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Writes a debug line with facts about it. */
export type SlackDebug = (fields: Readonly<Record<string, string | number>>, message: string) => void;

/** A log, and the references by which its failures are found again. */
export interface FailureLog {
  readonly log: Log;
  /** Short text that never repeats. */
  readonly newId: () => string;
}

/** Logs a failure with facts about it, under a reference that the returned words name. */
export function reportFailure(
  error: unknown,
  facts: Readonly<Record<string, unknown>>,
  { log, newId }: FailureLog,
): FailureWords {
  const reference = newId();
  const fields = { ...facts, reference, ...slackRefusal(error) };
  // A mistake quotes what the person typed, and is theirs to read: the outcome of the question says that there was one.
  if (error instanceof UserError) return failureWords(error, reference);
  if (error instanceof EngineError)
    log.warn({ ...fields, engine: error.code, ...detailOf(error) }, 'the engine failed');
  else if (error instanceof CloudError)
    log.warn({ ...fields, cloud: error.code, call: error.call, ...detailOf(error) }, 'the cloud failed');
  else if (error instanceof StoreError)
    log.warn({ ...fields, store: error.code, ...detailOf(error) }, 'the store failed');
  else log.error({ ...fields, ...detailOf(error) }, 'failed');
  return failureWords(error, reference);
}

/** Waits for work that an answer can do without: a failure of it is logged and goes no further. */
export async function orReport(
  work: Promise<unknown>,
  facts: Readonly<Record<string, unknown>>,
  failures: FailureLog,
): Promise<void> {
  try {
    await work;
  } catch (error) {
    reportFailure(error, facts, failures);
  }
}

function detailOf(error: unknown): { readonly error: string } {
  const cause =
    error instanceof Error && error.cause !== undefined ? `\ncaused by ${String(error.cause)}` : '';
  return {
    error: redact(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}${cause}`),
  };
}
