import { EngineError, UserError } from '../core/errors.ts';
import { CloudError } from '../core/ports/cloud/cloud-error.ts';
import { type FailureWords, failureWords } from '../render/failure.ts';
import { slackRefusal } from './api/slack-refusal.ts';
import type { QuestionParts } from './question/question-parts.ts';

/** Where the Slack door writes what happened: the shape of pino, so that its logger fits as it is. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+/g, 'x…'],
  [/https?:\/\/hooks\.slack\.com\/[^\s"'\\]+/g, 'https://hooks.slack.com/…'],
  [/(response_url\W+)https?:[^\s"'\\]+/g, '$1…'],
  [/(wss?:\/\/[^\s"'?]+)\?[^\s"'\\]+/g, '$1?…'],
  [/(trigger_id\W+)[\w.-]+/g, '$1…'],
  [/\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b/g, 'trigger…'],
];

/** Takes out of a text for the log what would let its reader act as the app or answer in its name. */
export function mask(text: string): string {
  return SECRETS.reduce((masked, [secret, instead]) => masked.replace(secret, instead), text);
}

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
