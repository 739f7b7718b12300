import type { App } from '@slack/bolt';
import { z } from 'zod';

/** Acknowledges an event; more than once does no harm. */
type AcknowledgeEvent = () => Promise<void>;

const EVENT = z.object({ type: z.literal('event_callback') });

/**
 * Bolt acknowledges an event before its listener runs: a process that is killed in between has lost it, since Slack sends
 * it no more. Here it is acknowledged by its listener, with what `eventAck` gives, or when all listeners have ended.
 */
export function holdEventAcks(app: Pick<App, 'processEvent'>): void {
  const process = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    if (!EVENT.safeParse(event.body).success) return process(event);
    let [isTaken, isDone] = [false, false];
    const acknowledgeEvent: AcknowledgeEvent = async () => {
      if (isDone) return;
      isDone = true;
      await event.ack();
    };
    try {
      await process({
        ...event,
        customProperties: { ...event.customProperties, acknowledgeEvent },
        async ack() {
          isTaken = true;
        },
      });
    } finally {
      // What Bolt itself does not take it does not acknowledge.
      if (isTaken) await acknowledgeEvent();
    }
  };
}

const HELD = z.object({
  acknowledgeEvent: z.custom<AcknowledgeEvent>((value) => typeof value === 'function'),
});

/** How the event of a listener's context is acknowledged. */
export function eventAck(context: unknown): AcknowledgeEvent {
  return HELD.parse(context).acknowledgeEvent;
}
