import { z } from 'zod';
import type { Message } from '../../render/blocks/block.ts';
import { LIMITS } from '../../render/limits.ts';
import { messageArguments } from './message-forms.ts';
import { SlackUrlError } from './slack-refusal.ts';

/** An address under which the app may answer one person, without being in the channel. */
export interface ResponseUrl {
  readonly url: string;
  /** In epoch milliseconds. */
  readonly givenMs: number;
  /** Whether it came with a message that was pressed: then that is the original, which would be replaced. */
  readonly isOfMessage?: boolean | undefined;
}

/** Where a message goes: into a thread, or in place of the original of the address. */
export interface RespondPlace {
  readonly threadTs?: string | undefined;
  readonly replaces?: boolean;
}

/**
 * Says something to one person through a `response_url`. In place of the original: of the message that was pressed. The
 * address of a command has none until Slack takes the first message that was sent to it for one, which its documents
 * leave open and which it has been seen not to do: such a message must be right as it is.
 */
export type Respond = (to: ResponseUrl, message: Message, place?: RespondPlace) => Promise<void>;

const PATIENCE_MS = 10_000;
const refusal = z.object({ error: z.string() });

/** Creates the way over a `response_url`; it keeps to Slack's number of uses and to its half hour. */
export function createRespond(now: () => Date): Respond {
  const uses = new Map<string, { readonly count: number; readonly givenMs: number }>();

  function use({ url, givenMs }: ResponseUrl): void {
    const nowMs = now().getTime();
    for (const [old, { givenMs: sinceMs }] of uses)
      if (nowMs - sinceMs > LIMITS.responseUrlMs) uses.delete(old);
    const count = uses.get(url)?.count ?? 0;
    if (nowMs - givenMs > LIMITS.responseUrlMs) throw new SlackUrlError('expired_url');
    if (count >= LIMITS.responseUrlUses) throw new SlackUrlError('used_url');
    uses.set(url, { count: count + 1, givenMs });
  }

  return async (to, message, { threadTs, replaces = false } = {}) => {
    use(to);
    const response = await fetch(to.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        response_type: 'ephemeral',
        replace_original: replaces,
        ...messageArguments(message),
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch((cause: unknown) => {
      throw new SlackUrlError('no_connection', { cause });
    });
    if (!response.ok) throw new SlackUrlError(codeIn(await response.text(), response.status));
  };
}

function codeIn(body: string, status: number): string {
  try {
    return refusal.parse(JSON.parse(body)).error;
  } catch {
    return body.trim().slice(0, 80) || `http_${status}`;
  }
}
