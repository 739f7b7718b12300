import type { App } from '@slack/bolt';
import type { SlackWatch } from '../slack-watch.ts';

/**
 * Has it counted how long each delivery waits to be acknowledged, whoever acknowledges it: a listener, or Bolt itself for
 * events. Both kinds of receivers pass deliveries on by this method of the app.
 */
export function watchAcks(
  app: Pick<App, 'processEvent'>,
  { acknowledged }: Pick<SlackWatch, 'acknowledged'>,
  now: () => Date,
): void {
  const process = app.processEvent.bind(app);
  app.processEvent = (event) => {
    const cameMs = now().getTime();
    return process({
      ...event,
      async ack(answer) {
        await event.ack(answer);
        acknowledged(now().getTime() - cameMs);
      },
    });
  };
}
