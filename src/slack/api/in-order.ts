import { WebAPIRateLimitedError } from '@slack/web-api';
import { untilAborted } from '../../core/until-aborted.ts';
import type { SlackTimes } from './times.ts';

/** Does a call when it is its turn. Rejects with the signal's reason as soon as that is aborted while it waits. */
export type InOrder = <T>(call: () => Promise<T>, stopping: AbortSignal) => Promise<T>;

/** A call that waits, by the number under which it was asked for. */
interface Waiting {
  readonly number: number;
  readonly begin: () => void;
}

export interface InOrderParts extends Pick<SlackTimes, 'sleep'> {
  readonly now: () => Date;
}

/**
 * Does calls at once, until Slack refuses one for being one too many. From then on they go one after the other, the first that was
 * asked for first, each when Slack says that it takes one again, until none waits: those that share a limit do not all try at once.
 */
export function createInOrder({ sleep, now }: InOrderParts): InOrder {
  const waiting: Waiting[] = [];
  let asked = 0;
  let isLimited = false;
  let isOneUnderWay = false;
  /** Before this Slack takes none, in epoch milliseconds. */
  let closedUntilMs = 0;

  function beginNext(): void {
    if (isOneUnderWay) return;
    const next = waiting.shift();
    isOneUnderWay = next !== undefined;
    isLimited = isOneUnderWay;
    next?.begin();
  }

  async function turn(number: number, stopping: AbortSignal): Promise<void> {
    let begin = () => {};
    const granted = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const own: Waiting = { number, begin };
    const later = waiting.findIndex((each) => each.number > number);
    waiting.splice(later === -1 ? waiting.length : later, 0, own);
    beginNext();
    try {
      await untilAborted(stopping, granted);
    } catch (error) {
      const place = waiting.indexOf(own);
      if (place !== -1) waiting.splice(place, 1);
      else void granted.then(leave);
      throw error;
    }
  }

  function leave(): void {
    isOneUnderWay = false;
    beginNext();
  }

  /** Several calls may be refused at once: their pauses are one. @throws what is no refusal for being one too many. */
  function close(error: unknown): void {
    if (!(error instanceof WebAPIRateLimitedError)) throw error;
    closedUntilMs = Math.max(closedUntilMs, now().getTime() + error.retryAfter * 1_000);
  }

  async function untilTaken<T>(call: () => Promise<T>, stopping: AbortSignal): Promise<T> {
    for (;;) {
      const pauseMs = closedUntilMs - now().getTime();
      if (pauseMs > 0)
        await sleep(pauseMs, stopping).catch(() => {
          throw stopping.reason;
        });
      try {
        return await call();
      } catch (error) {
        close(error);
      }
    }
  }

  return async (call, stopping) => {
    asked += 1;
    const number = asked;
    if (!isLimited) {
      try {
        return await call();
      } catch (error) {
        close(error);
        isLimited = true;
      }
    }
    await turn(number, stopping);
    try {
      return await untilTaken(call, stopping);
    } finally {
      leave();
    }
  };
}
