import { EngineError, UserError } from '../../../core/errors.ts';
import { CloudError } from '../../../core/lake/cloud.ts';
import { type FailureWords, failureWords } from '../../../render/words/failure.ts';
import { mask } from '../../api/mask.ts';
import { slackRefusal } from '../../api/slack-refusal.ts';
import type { QuestionParts } from '../question-parts.ts';

/** The one way of a failure: to the log under a reference, and into words that name it. */
export function reportFailure(
  error: unknown,
  facts: Readonly<Record<string, unknown>>,
  { log, newId }: Pick<QuestionParts, 'log' | 'newId'>,
): FailureWords {
  const reference = newId();
  const fields = { ...facts, reference, ...slackRefusal(error) };
  if (error instanceof UserError)
    log.info({ ...fields, mistake: error.message }, 'the question was mistaken');
  else if (error instanceof EngineError)
    log.warn({ ...fields, engine: error.code, ...detail(error) }, 'the engine failed');
  else if (error instanceof CloudError)
    log.warn({ ...fields, cloud: error.code, call: error.call, ...detail(error) }, 'the cloud failed');
  else log.error({ ...fields, ...detail(error) }, 'failed');
  return failureWords(error, reference);
}

function detail(error: unknown): { readonly error: string } {
  const cause =
    error instanceof Error && error.cause !== undefined ? `\ncaused by ${String(error.cause)}` : '';
  return {
    error: mask(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}${cause}`),
  };
}
