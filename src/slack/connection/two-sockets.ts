import { setTimeout as sleep } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import { createLastingSocket, type SocketParts } from './lasting-socket.ts';

/** A socket that is between two connections never says goodbye. */
const FAREWELL_MS = 1_000;

/**
 * Socket Mode over two connections. Slack refreshes each every few hours, and the SDK needs five seconds to come
 * back: with one socket the app is deaf for that long, with two Slack sends through the other.
 */
export function createTwoSockets(parts: SocketParts): Receiver {
  const sockets = [createLastingSocket(parts), createLastingSocket(parts)];
  return {
    init(app: App) {
      for (const socket of sockets) socket.init(app);
    },
    start: () => Promise.all(sockets.map((socket) => socket.start())),
    stop: () =>
      Promise.race([Promise.all(sockets.map(({ client }) => client.disconnect())), sleep(FAREWELL_MS)]),
  };
}
