import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import { z } from 'zod';
import { SLACK_TIMES, type SlackTimes } from '../api/times.ts';
import { wholeAnswers } from '../api/whole-answer.ts';
import type { Log } from '../slack-log.ts';
import { createSocketCalls } from './open-connection.ts';
import { logWhenGone } from './socket-state.ts';

/** A socket that is between two connections never confirms that it has disconnected. */
const DISCONNECT_MS = 1_000;

/** A receiver that knows how many of its sockets are open. */
interface Sockets extends Receiver {
  open(): number;
}

/**
 * Socket Mode over two connections. Slack refreshes each every few hours, and the SDK needs five seconds to come
 * back: with one socket the app hears nothing for that long, with two Slack sends through the other.
 */
export function createTwoSockets(parts: AppSocketSettings): Sockets {
  const sockets = [createLastingSocket(parts), createLastingSocket(parts)];
  const clients = sockets.map(({ receiver }) => receiver.client);
  const stopWatching = logWhenGone(clients, parts.log, parts.now);
  return {
    init(app: App) {
      for (const { receiver } of sockets) receiver.init(app);
    },
    start: () =>
      Promise.all(sockets.map(({ receiver, refused }) => Promise.race([receiver.start(), refused]))),
    stop() {
      stopWatching();
      return Promise.race([Promise.all(clients.map((client) => client.disconnect())), sleep(DISCONNECT_MS)]);
    },
    open: () => clients.filter((client) => client.websocket?.isActive() === true).length,
  };
}

/** The token and the address of a socket, and how its calls are made. */
interface AppSocketSettings {
  readonly appToken: string;
  readonly slackApiUrl: string | undefined;
  readonly logger: Logger;
  readonly log: Log;
  readonly now: () => Date;
  readonly fetch: FetchFunction | undefined;
  readonly times: SlackTimes | undefined;
}

/** Long enough not to annoy Slack with a token that was withdrawn, short enough to be back soon after it is given. */
const ANOTHER_TRY_MS = 30_000;
const ENVELOPE = z.object({ envelope_id: z.string() });

/** A socket that comes back, and why Slack refuses its first start. */
interface LastingSocket {
  readonly receiver: SocketModeReceiver;
  readonly refused: Promise<never>;
}

/**
 * A receiver over one socket that reconnects for ever once it was joined. Its options are its own, because the SDK
 * writes into them. It must not give up, because one refusal of the network during a refresh would end Socket Mode
 * for good; nor wait for ever for a call that hangs.
 */
function createLastingSocket({
  appToken,
  slackApiUrl,
  logger,
  now,
  fetch,
  times = SLACK_TIMES,
}: AppSocketSettings): LastingSocket {
  const calls = createSocketCalls(wholeAnswers(now, fetch));
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    installerOptions: {
      clientOptions: {
        fetch: calls.fetch,
        timeout: times.answerMs,
        retryConfig: { forever: true, minTimeout: 1_000, maxTimeout: 30_000, factor: 1.5 },
        ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
      },
    },
    customPropertiesExtractor(envelope: unknown) {
      const read = ENVELOPE.safeParse(envelope);
      return read.success ? { deliveryId: read.data.envelope_id } : {};
    },
  });
  receiver.client.once('connected', calls.joined);
  outliveReconnects(receiver.client, logger);
  return { receiver, refused: calls.refused };
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
