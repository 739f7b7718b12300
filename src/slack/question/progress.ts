import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Expected } from '../../core/answer/cost.ts';
import type { FetchedEvents } from '../../core/lake/fetches.ts';
import type { Scan } from '../../core/lake/scan.ts';
import type { Message } from '../../render/blocks/block-types.ts';
import { LIMITS } from '../../render/limits.ts';
import type { RequestStatus } from '../../render/messages/parent-message.ts';
import { findPosted } from '../api/find-posted.ts';
import type { Patience } from '../api/keep-trying.ts';
import { bothForms, messageArguments } from '../api/message-forms.ts';
import { SLACK_TIMES } from '../api/times.ts';
import type { Place } from './place.ts';
import { postMessage, rewritePost, type SlackOutput } from './thread-posts.ts';

/** The one message that shows how far a request is. */
interface StatusMessage {
  /** Posts it, or shows it again where it was posted before a restart; returns its timestamp. */
  open(message: Message, threadTs: string | undefined): Promise<string>;
  /** Rewrites it if that is quickly done and the pace of progress allows it, until it is settled; one at a time. */
  show(message: Message): Promise<void>;
  /**
   * Rewrites it for good, after the rewrite that is under way; returns the form that Slack took. `isLive`: others may rewrite it
   * afterwards, as a plan is when it is confirmed.
   */
  settle<F extends Message>(forms: readonly F[], isLive?: boolean): Promise<F>;
}

/** A request whose messages are each posted once. */
export interface Posting {
  readonly request: string;
  readonly askedAt: Date;
  /** Whether it was begun by a process that ended: then what is not known to be posted may be. */
  readonly isResumed: boolean;
  /** Writes down that the answer is about to be posted. */
  noteAnswer(): Promise<void>;
}

/** After this Slack has carried out, or dropped, what a process that is gone had sent: its calls are waited for so long. */
const LATEST_REWRITE_MS = SLACK_TIMES.answerMs;

/**
 * Creates the status message of one request. That of a resumed one is written once more some seconds after it was settled, unless
 * it is live: a rewrite that the process before had sent may come over it.
 */
export function createStatusMessage(
  { channel, statusTs }: Pick<Place, 'channel' | 'statusTs'>,
  { request, askedAt, isResumed }: Posting,
  output: Pick<SlackOutput, 'clients' | 'pace' | keyof Patience>,
): StatusMessage {
  const { clients, pace, stopping, times: { sleep } = SLACK_TIMES } = output;
  let ts = statusTs;
  let showing = Promise.resolve();
  let newest: Message | undefined;
  let isSettling = false;
  let settledAs: Message | undefined;

  async function post(message: Message, threadTs: string | undefined): Promise<string> {
    const mark = { request, part: 'status' } as const;
    const where = { channel, threadTs };
    const looked = isResumed
      ? await findPosted(mark, { ...where, since: askedAt }, clients.patient, output)
      : 'not there';
    if (typeof looked === 'object') return looked.ts;
    const posted = await postMessage(bothForms(message), where, output, { mark, since: askedAt });
    if (posted.ts === undefined) throw new Error('Slack took a message without giving its timestamp');
    return posted.ts;
  }

  async function rewrite(message: Message): Promise<void> {
    if (ts === undefined || isSettling || !pace.mayWrite()) return;
    try {
      await clients.quick.chat.update({ channel, ts, ...messageArguments(message) });
    } catch (error) {
      // A status that is dropped here is followed by a newer one, or by the answer.
      if (error instanceof WebAPIRateLimitedError) pace.holdFor(error.retryAfter * 1000);
    }
  }

  function show(message: Message): Promise<void> {
    newest = message;
    // When messages come faster than Slack takes them, only the newest is written: the answer must not wait for old ones.
    showing = showing.then(() => (newest === message ? rewrite(message) : undefined));
    return showing;
  }

  async function writeOnceMore(form: Message, settledTs: string): Promise<void> {
    await sleep(LATEST_REWRITE_MS, stopping).catch(() => undefined);
    // Late names may have come meanwhile: then that rewrite is followed by one of its own.
    if (stopping.aborted || settledAs !== form) return;
    // Where Slack refuses that, as in a channel that was archived meanwhile, it stays as it is.
    await rewritePost([form], { channel, ts: settledTs }, output).catch(() => undefined);
  }

  return {
    show,
    async open(message, threadTs) {
      if (ts === undefined) ts = await post(message, threadTs);
      else await show(message);
      return ts;
    },
    async settle(forms, isLive = false) {
      // A status that was worked out when the end came must not be written over it.
      isSettling = true;
      await showing;
      const settledTs = ts;
      if (settledTs === undefined) throw new Error('a message is settled that was never opened');
      const form = await rewritePost(forms, { channel, ts: settledTs }, output);
      settledAs = form;
      if (isResumed && !isLive) void writeOnceMore(form, settledTs);
      return form;
    },
  };
}

/** Shows from time to time how far a request is. */
export interface Progress {
  /** Takes what will be read, for the next update. */
  scanned(scan: Scan, expected?: Expected): void;
  /** Takes what has come from log groups so far, for the next update. */
  fetching(fetched: FetchedEvents): void;
  /** Takes how many questions come first, for the next update. */
  waiting(before: number): void;
  stop(): void;
}

/** Long requests are updated less and less often: all of them share Slack's allowance of updates. */
const SLOWER = 1.5;
const SLOWEST_MS = 15_000;

/**
 * Starts the updates: `show` gets the status, which is the `first` until another is taken, and the time passed; the next
 * update waits until it is done.
 */
export function startProgress(
  show: (status: RequestStatus, elapsedMs: number) => Promise<void>,
  now: () => Date,
  first: RequestStatus = {},
): Progress {
  const startedMs = now().getTime();
  let status = first;
  let stopped = false;
  let timer = setTimeout(update, LIMITS.progressEveryMs, LIMITS.progressEveryMs);

  async function update(pauseMs: number): Promise<void> {
    await show(status, now().getTime() - startedMs);
    const nextMs = Math.min(pauseMs * SLOWER, SLOWEST_MS);
    if (!stopped) timer = setTimeout(update, nextMs, nextMs);
  }

  return {
    scanned(scan, expected) {
      status = { ...status, scan, expected };
    },
    fetching(fetched) {
      status = { ...status, fetched };
    },
    waiting(before) {
      status = { ...status, before };
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
