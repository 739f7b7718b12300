import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { SeenOnce } from './seen-once.ts';

const event = z.object({ event_id: z.string() });

/**
 * Lets each delivery through once: Slack may send an envelope twice and an event again, and a signed request can be
 * played back. A duplicate is acknowledged, so that it is not sent yet again.
 */
export function dropDuplicates(seen: SeenOnce) {
  return async ({ context, body, next, ...args }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const read = event.safeParse(body);
    const ids = [context.deliveryId, read.success ? read.data.event_id : undefined];
    const news = ids.filter((id) => typeof id === 'string').map((id) => seen.isNew(id));
    if (news.every(Boolean)) return next();
    if ('ack' in args && args.ack !== undefined) await args.ack();
  };
}
