import { WebAPIHTTPError, WebAPIRateLimitedError } from '@slack/web-api';
import { SlackUrlError, slackRefusal } from './slack-refusal.ts';
import { SLACK_TIMES, type SlackTimes } from './times.ts';

/** How long a message is worth having, in milliseconds: as long as its question is taken up again after a restart. */
const WORTH_HAVING_MS = 24 * 60 * 60_000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [500, 10_000] as const;

/** What ends the waiting for Slack. */
export interface Patience {
  readonly now: () => Date;
  /** Aborted when the app stops: what was not said by then is said after the next start. */
  readonly stopping: AbortSignal;
  /** How long another try is worth it, in milliseconds; a day when left out, as questions are taken up again. */
  readonly worthMs?: number;
  /** Those of Slack when left out. */
  readonly times?: SlackTimes | undefined;
}

/**
 * Calls Slack until it takes the call or refuses it for good. Each call waits by itself, as long as Slack asks it to: a limit
 * that one channel has reached holds up no other. `happened` looks, after a failure that leaves it open, whether the call was
 * carried out; its result is taken where there is one.
 *
 * @throws what `call` throws where another try cannot help, and the reason of `stopping`.
 */
export async function keepTrying<T>(
  call: () => Promise<T>,
  { now, stopping, worthMs = WORTH_HAVING_MS, times: { sleep } = SLACK_TIMES }: Patience,
  happened: () => Promise<T | undefined> = async () => undefined,
): Promise<T> {
  const endMs = now().getTime() + worthMs;
  for (let pauseMs: number = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!mayPass(error) || now().getTime() > endMs) throw error;
      await sleep(Math.max(pauseMs, askedPauseMs(error)), stopping).catch(() => {
        throw stopping.reason;
      });
      const found = leavesOpen(error) ? await happened() : undefined;
      if (found !== undefined) return found;
    }
  }
}

/**
 * Waits a while for a call that may wait long for Slack, which may take posts while it takes no more updates. Undefined where it has
 * not ended by then: it goes on.
 */
export async function endedWithin<T>(
  ms: number,
  call: Promise<T>,
  { stopping, times: { sleep } = SLACK_TIMES }: Pick<Patience, 'stopping' | 'times'>,
): Promise<T | undefined> {
  const ended = new AbortController();
  // When the app stops the call ends by itself.
  const pause = sleep(ms, AbortSignal.any([stopping, ended.signal])).then(
    () => undefined,
    () => call,
  );
  try {
    return await Promise.race([call, pause]);
  } finally {
    ended.abort();
  }
}

/** Faults of Slack's own, after which it may have done what it was asked. */
const OWN_FAULTS =
  /^(internal_error|fatal_error|request_timeout|service_unavailable|no_connection|http_5\d\d)$/;

/**
 * Refusals that end by themselves: a limit, and a workspace that is being moved.
 * @see https://docs.slack.dev/reference/methods/chat.postMessage#errors
 */
const PASSING_REFUSALS = /^(rate_?limited|team_added_to_org|org_login_required|http_(408|425|429))$/;

/** The Web API refuses with HTTP status 200 or 429: any other is that of something in between. */
function mayPass(error: unknown): boolean {
  const code = slackRefusal(error)?.code ?? '';
  return OWN_FAULTS.test(code) || PASSING_REFUSALS.test(code) || error instanceof WebAPIHTTPError;
}

function leavesOpen(error: unknown): boolean {
  return OWN_FAULTS.test(slackRefusal(error)?.code ?? '');
}

function askedPauseMs(error: unknown): number {
  if (error instanceof SlackUrlError) return error.retryAfterMs;
  return error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0;
}
