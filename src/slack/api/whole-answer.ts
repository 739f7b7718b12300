import type { FetchFunction } from '@slack/web-api';
import { SlackUrlError } from './slack-refusal.ts';

/** Statuses for which a response has no body. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Calls Slack's Web API so that an answer counts once it is there in whole and is one. The SDK reads bodies outside of
 * its own handling of faults, takes a page of HTML for the name of a refusal, and gives up a limit that does not say for
 * how long. A body that breaks off, or is no JSON object, becomes a connection that broke: whether Slack did what it was
 * asked is not known then.
 */
export function wholeAnswers(now: () => Date, fetch: FetchFunction = globalThis.fetch): FetchFunction {
  return async (url, init) => {
    const response = await fetch(url, init);
    const { status, statusText } = response;
    const text = await response.text();
    if (status === 200 && !isJsonObject(text))
      throw new TypeError('Slack answered with something else than JSON');
    const headers = new Headers([...response.headers.entries()]);
    // The body is decoded by now.
    for (const name of ['content-encoding', 'content-length']) headers.delete(name);
    if (status === 429) headers.set('retry-after', String(Math.ceil(retryAfterMs(response, now()) / 1000)));
    return new Response(WITHOUT_BODY.has(status) ? null : text, { status, statusText, headers });
  };
}

function isJsonObject(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read);
  } catch {
    return false;
  }
}

/** How long a response asks to wait, in milliseconds: in seconds or with a date of HTTP; 0 where it does not say. */
function retryAfterMs(
  { headers }: { readonly headers: { get(name: string): string | null } },
  now: Date,
): number {
  const header = headers.get('retry-after') ?? '';
  const waitMs = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return waitMs > 0 ? waitMs : 0;
}

/** What came back from an address that Slack gave out. */
interface SentWhole {
  readonly isTaken: boolean;
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number;
}

/**
 * Sends to an address that Slack gave out, which answers with a word or with JSON.
 * @throws SlackUrlError `no_connection` where no whole answer came, or a page for people.
 */
export async function sendWhole(url: string, init: RequestInit, now: Date): Promise<SentWhole> {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    if (response.ok && /^\s*</.test(text)) throw new TypeError('Slack answered with a page');
    const { ok: isTaken, status } = response;
    return { isTaken, status, text, retryAfterMs: retryAfterMs(response, now) };
  } catch (cause) {
    throw new SlackUrlError('no_connection', { cause });
  }
}
