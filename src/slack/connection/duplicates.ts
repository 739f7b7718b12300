import { createHash } from 'node:crypto';
import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';

const EVENT = z.object({ event_id: z.string() });

/**
 * Lets each delivery through once: Slack may send an envelope twice and an event again, and a signed request can be
 * played back. A duplicate is acknowledged, so that it is not sent once more.
 */
export function dropDuplicates(seen: SeenOnce) {
  return async ({ context, body, next, ...args }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const read = EVENT.safeParse(body);
    const ids = [context.deliveryId, read.success ? read.data.event_id : undefined];
    const isNew = ids.filter((id) => typeof id === 'string').map((id) => seen.isNew(id));
    if (isNew.every(Boolean)) return next();
    if ('ack' in args && args.ack !== undefined) await args.ack();
  };
}

/** Remembers for a while what was seen. */
interface SeenOnce {
  /** True the first time. */
  isNew(key: string): boolean;
}

/** Slack sends an event again for five minutes, and a stolen request is good for as long. */
const KEEP_MS = 15 * 60_000;
const MOST_KEYS = 20_000;

/** Creates the memory: it forgets what is old, and the oldest when it is full. */
export function createSeenOnce(now: () => Date): SeenOnce {
  const seen = new Map<string, number>();
  return {
    isNew(key) {
      const nowMs = now().getTime();
      for (const [old, atMs] of seen) {
        if (nowMs - atMs <= KEEP_MS && seen.size < MOST_KEYS) break;
        seen.delete(old);
      }
      if (seen.has(key)) return false;
      seen.set(key, nowMs);
      return true;
    },
  };
}

const ID_CHARACTERS = 24;

/**
 * The identity of a request, the same for every delivery of it. Hashed, because a trigger opens modals and must not
 * get into a store or a log.
 */
export function requestId(kind: 'command' | 'event' | 'click' | 'form', ...parts: readonly string[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest('hex');
  return `slack-${kind}-${digest.slice(0, ID_CHARACTERS)}`;
}
