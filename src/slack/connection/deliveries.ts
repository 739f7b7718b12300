import type { App } from '@slack/bolt';
import { z } from 'zod';
import { acknowledge } from '../listener/acknowledge.ts';
import type { Log } from '../slack-log.ts';

/** What is known of the stop of the app. */
interface DeliveryParts {
  readonly stopping: AbortSignal;
  readonly log: Log;
}

/** The deliveries that came and are worked on. */
export interface Deliveries {
  /** Ends when all that came until now are answered. */
  settled(): Promise<void>;
}

type Delivery = Parameters<App['processEvent']>[0];

/** Slack delivers an event again that is not acknowledged, and nothing else. */
const EVENT = z.object({ type: z.literal('event_callback'), event_id: z.string().optional() });

/**
 * Has an event acknowledged once its line is written down, by `acknowledge` of its context, or when nothing is left to do
 * about it: Bolt does so before any listener sees it, and a process that is killed in between would lose it. An event that
 * comes while the app stops is not acknowledged, so that Slack delivers it again: to another process, or after the restart.
 * One that comes twice before its line is written down is acknowledged both times when it is.
 */
export function takeDeliveries(app: Pick<App, 'processEvent'>, { stopping, log }: DeliveryParts): Deliveries {
  const process = app.processEvent.bind(app);
  const open = new Set<Promise<void>>();
  /** Of each event that is worked on, when its first delivery was acknowledged, or was left. */
  const firsts = new Map<string, Promise<void>>();

  async function takeEvent(event: Delivery, id: string | undefined): Promise<void> {
    if (id === undefined) return takeFirst(event, () => {});
    const first = firsts.get(id);
    if (first !== undefined) {
      await first;
      if (!stopping.aborted) await acknowledge(() => event.ack(), log);
      return;
    }
    let settle = () => {};
    firsts.set(
      id,
      new Promise((resolve) => {
        settle = resolve;
      }),
    );
    try {
      await takeFirst(event, settle);
    } finally {
      settle();
      firsts.delete(id);
    }
  }

  async function takeFirst(event: Delivery, acknowledgedFirst: () => void): Promise<void> {
    if (stopping.aborted) return;
    let acknowledged: Promise<void> | undefined;
    const acknowledgeOnce = () => {
      acknowledged ??= acknowledge(() => event.ack(), log).finally(acknowledgedFirst);
      return acknowledged;
    };
    try {
      const customProperties = { ...event.customProperties, acknowledge: acknowledgeOnce };
      await process({ ...event, customProperties, ack: async () => undefined });
    } finally {
      if (!stopping.aborted) await acknowledgeOnce();
    }
  }

  app.processEvent = async (event) => {
    const read = EVENT.safeParse(event.body);
    const taken = read.success ? takeEvent(event, read.data.event_id) : process(event);
    open.add(taken);
    try {
      await taken;
    } finally {
      open.delete(taken);
    }
  };
  return {
    async settled() {
      await Promise.allSettled(open);
    },
  };
}
