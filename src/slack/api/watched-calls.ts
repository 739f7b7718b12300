import type { FetchFunction } from '@slack/web-api';
import { z } from 'zod';
import type { SlackWatch } from '../slack-watch.ts';
import { methodIn } from './clients.ts';
import type { Respond } from './response-url.ts';
import { slackRefusal } from './slack-refusal.ts';

const ANSWER = z.object({ ok: z.boolean(), error: z.string().catch('unknown') });

/** Makes calls as Node.js does, and has each try counted by its method and how it ended. */
export function watchedFetch({ calledSlack }: Pick<SlackWatch, 'calledSlack'>): FetchFunction {
  return async (url, init) => {
    const method = methodIn(url);
    try {
      const response = await globalThis.fetch(url, init);
      void codeOf(response).then((code) => calledSlack({ method, code }));
      return response;
    } catch (error) {
      calledSlack({ method, code: 'no_connection' });
      throw error;
    }
  };
}

/** Sends to a `response_url` as `respond` does, and has each message counted by how it ended. */
export function watchedRespond(respond: Respond, { calledSlack }: Pick<SlackWatch, 'calledSlack'>): Respond {
  const method = 'response_url';
  return async (...args) => {
    try {
      await respond(...args);
    } catch (error) {
      calledSlack({ method, code: slackRefusal(error)?.code ?? 'unknown' });
      throw error;
    }
    calledSlack({ method, code: 'ok' });
  };
}

/**
 * Slack says what went wrong in the body of an answer whose status is 200. A copy is read, and not waited for: the caller
 * reads its own.
 */
async function codeOf(response: Response): Promise<string> {
  if (response.status === 429) return 'ratelimited';
  if (!response.ok) return `http_${response.status}`;
  try {
    const { ok, error } = ANSWER.parse(await response.clone().json());
    return ok ? 'ok' : error;
  } catch {
    return 'no_json';
  }
}
