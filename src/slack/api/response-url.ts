import { withDeadline } from '../../core/deadline.ts';
import type { Message } from '../../render/blocks/block-types.ts';
import { LIMITS } from '../../render/limits.ts';
import { keepTrying, type Patience } from './keep-trying.ts';
import { messageArguments } from './message-forms.ts';
import { SlackUrlError } from './slack-refusal.ts';
import { SLACK_TIMES } from './times.ts';
import { sendWhole } from './whole-answer.ts';

/** An address through which the app may answer one person without being in the channel. */
export interface ResponseUrl {
  readonly url: string;
  /** In epoch milliseconds. */
  readonly givenMs: number;
  /** Whether it came with a button of a message: then that message is the original, which would be replaced. */
  readonly isOfMessage?: boolean | undefined;
}

/** Where a message goes: into a thread, or in place of the original of the address. */
interface RespondTarget {
  readonly threadTs?: string | undefined;
  readonly replaces?: boolean;
  /** One for what is not worth waiting for Slack; as many as it takes when left out. */
  readonly tries?: 'one';
}

/**
 * Sends a message to one person through a `response_url`, or puts it in place of the original: the message whose button was
 * pressed. A command has no original. Slack's documents leave open whether the first message sent becomes it, and it was
 * seen not to become it: such a message must make sense even where it is not replaced.
 */
export type Respond = (to: ResponseUrl, message: Message, place?: RespondTarget) => Promise<void>;

/** Creates a sender that keeps to the number of uses and the half hour that Slack allows. */
export function createRespond(patience: Patience): Respond {
  const { now, times: { answerMs } = SLACK_TIMES } = patience;
  const uses = new Map<string, { readonly count: number; readonly givenMs: number }>();

  function check({ url, givenMs }: ResponseUrl): void {
    if (now().getTime() - givenMs > LIMITS.responseUrlMs) throw new SlackUrlError('expired_url');
    if ((uses.get(url)?.count ?? 0) >= LIMITS.responseUrlUses) throw new SlackUrlError('used_url');
  }

  function count({ url, givenMs }: ResponseUrl): void {
    const nowMs = now().getTime();
    for (const [old, { givenMs: sinceMs }] of uses)
      if (nowMs - sinceMs > LIMITS.responseUrlMs) uses.delete(old);
    uses.set(url, { count: (uses.get(url)?.count ?? 0) + 1, givenMs });
  }

  return async (to, message, { threadTs, replaces = false, tries } = {}) => {
    const body = JSON.stringify({
      response_type: 'ephemeral',
      replace_original: replaces,
      ...messageArguments(message),
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    });
    const sendOnce = async () => {
      check(to);
      await withDeadline(answerMs, (signal) => send(to.url, body, now(), signal));
      count(to);
    };
    await (tries === 'one' ? sendOnce() : keepTrying(sendOnce, patience));
  };
}

function send(url: string, body: string, now: Date, signal: AbortSignal): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  return sendWhole(url, { method: 'POST', headers, body, signal }, now);
}
