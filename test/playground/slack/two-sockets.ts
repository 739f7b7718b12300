import type { App, Receiver, SocketModeReceiver } from '@slack/bolt';

/** Two sockets for one app, so that Slack's refreshes leave no gap. */
export function createTwoSockets(create: () => SocketModeReceiver): Receiver {
  const receivers = [create(), create()];
  return {
    init(app: App) {
      for (const receiver of receivers) receiver.init(app);
    },
    start: () => Promise.all(receivers.map((receiver) => receiver.start())),
    stop: () => Promise.all(receivers.map((receiver) => receiver.client.disconnect())),
  };
}
