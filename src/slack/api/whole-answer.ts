import type { FetchFunction } from '@slack/web-api';
import { z } from 'zod';
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

const REFUSAL = z.object({ error: z.string() });

/**
 * Sends to an address that Slack gave out, which answers with a word or with JSON, and says there what is wrong.
 * @throws SlackUrlError; its code is `no_connection` where no whole answer came, or a page for people.
 */
export async function sendWhole(url: string, init: RequestInit, now: Date): Promise<void> {
  const { response, text } = await exchange(url, init).catch((cause: unknown) => {
    throw new SlackUrlError('no_connection', { cause });
  });
  const { ok, status } = response;
  const refusal = refusalIn(text);
  if (ok && refusal === undefined) return;
  const said = status >= 500 || status === 429 ? undefined : (refusal ?? text.trim().slice(0, 80));
  throw new SlackUrlError(said || `http_${status}`, { retryAfterMs: retryAfterMs(response, now) });
}

async function exchange(url: string, init: RequestInit) {
  const response = await fetch(url, init);
  const text = await response.text();
  if (response.ok && /^\s*</.test(text)) throw new TypeError('Slack answered with a page');
  return { response, text };
}

/** A refusal, also of what came with HTTP status 200; undefined for a text that is none. */
function refusalIn(text: string): string | undefined {
  try {
    return REFUSAL.parse(JSON.parse(text)).error;
  } catch {
    return undefined;
  }
}
