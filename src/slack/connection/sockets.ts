import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';

/** A socket that is between two connections never confirms that it has disconnected. */
const DISCONNECT_MS = 1_000;

/**
 * Socket Mode over two connections. Slack refreshes each every few hours, and the SDK needs five seconds to come
 * back: with one socket the app hears nothing for that long, with two Slack sends through the other.
 */
export function createTwoSockets(parts: AppSocketSettings): Receiver {
  const sockets = [createLastingSocket(parts), createLastingSocket(parts)];
  return {
    init(app: App) {
      for (const socket of sockets) socket.init(app);
    },
    start: () => Promise.all(sockets.map((socket) => socket.start())),
    stop: () =>
      Promise.race([Promise.all(sockets.map(({ client }) => client.disconnect())), sleep(DISCONNECT_MS)]),
  };
}

/** The token and the address of a socket. */
interface AppSocketSettings {
  readonly appToken: string;
  readonly slackApiUrl: string | undefined;
  readonly logger: Logger;
}

/** Long enough not to annoy Slack with a token that was withdrawn, short enough to be back soon after it is given. */
const ANOTHER_TRY_MS = 30_000;
const ENVELOPE = z.object({ envelope_id: z.string() });

/**
 * A receiver over one socket that reconnects for ever once it was joined. Its options are its own, because the SDK
 * writes into them. It must not give up, because one refusal of the network during a refresh would end Socket Mode
 * for good.
 */
function createLastingSocket({ appToken, slackApiUrl, logger }: AppSocketSettings): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    installerOptions: {
      clientOptions: {
        retryConfig: { forever: true, minTimeout: 1_000, maxTimeout: 30_000, factor: 1.5 },
        ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
      },
    },
    customPropertiesExtractor(envelope: unknown) {
      const read = ENVELOPE.safeParse(envelope);
      return read.success ? { deliveryId: read.data.envelope_id } : {};
    },
  });
  outliveReconnects(receiver.client, logger);
  return receiver;
}

/**
 * The SDK reconnects by calling `start` without looking at how it ends: a refusal, or a stop in between, would be an
 * unhandled rejection. The first start still fails to whoever called it.
 */
function outliveReconnects(client: SocketModeReceiver['client'], logger: Logger): void {
  const connect = client.start.bind(client);
  const disconnect = client.disconnect.bind(client);
  let joined = false;
  let stopped = false;
  client.disconnect = () => {
    stopped = true;
    return disconnect();
  };
  client.start = async () => {
    for (;;) {
      try {
        const answer = await connect();
        joined = true;
        return answer;
      } catch (error) {
        if (!joined) throw error;
        if (stopped) return { ok: false };
        logger.error('a socket could not reconnect to Slack and will try again', error);
        await sleep(ANOTHER_TRY_MS, undefined, { ref: false });
      }
    }
  };
}
