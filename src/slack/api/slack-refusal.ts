import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { z } from 'zod';

/** Why Slack did not do what it was asked. */
export interface SlackRefusal {
  /** Slack's own code, such as `not_in_channel`; `no_connection` when Slack could not be reached. */
  readonly code: string;
  /** The scope that was missing; empty when none was. */
  readonly needed: string;
}

/** Not in the SDK's types. */
const SCOPES = z.object({ needed: z.string().catch('') });

/** The SDK reports the end of its retries after rate limits as a fault of the connection, with this message. */
const RATE_LIMITED = /^A rate limit was exceeded/;

/** Reads the refusal out of an error of the SDK; undefined when the error is of another kind. */
export function slackRefusal(error: unknown): SlackRefusal | undefined {
  if (error instanceof WebAPIPlatformError) {
    return { code: error.data.error, needed: SCOPES.parse(error.data).needed };
  }
  if (error instanceof SlackUrlError) return { code: error.code, needed: '' };
  if (error instanceof WebAPIRateLimitedError) return { code: 'ratelimited', needed: '' };
  if (error instanceof WebAPIHTTPError) return { code: `http_${error.statusCode}`, needed: '' };
  if (!(error instanceof WebAPIRequestError)) return undefined;
  return { code: RATE_LIMITED.test(error.original.message) ? 'ratelimited' : 'no_connection', needed: '' };
}

const FORM_CODES =
  /^(invalid_blocks|msg_blocks_too|msg_too_long|invalid_attachments|too_many_attachments|only_one_table|block_mismatch|markdown_text)/;

/** Whether Slack refused how a message looks, so that a plainer form may pass. */
export function refusesForm(error: unknown): boolean {
  return FORM_CODES.test(slackRefusal(error)?.code ?? '');
}

/** Slack did not take what was sent to an address that it gave out: a `response_url`, or one to upload a file to. */
export class SlackUrlError extends Error {
  override readonly name = 'SlackUrlError';
  /** Slack's own word, `http_…`, or `no_connection` when Slack could not be reached. */
  readonly code: string;
  /** How long Slack asks to wait, in milliseconds; 0 where it does not. */
  readonly retryAfterMs: number;

  constructor(code: string, options: ErrorOptions & { readonly retryAfterMs?: number } = {}) {
    super(`Slack did not take what was sent: ${code}`, options);
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}
