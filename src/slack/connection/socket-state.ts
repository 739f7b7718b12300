import type { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../slack-log.ts';

/** What a socket says of itself, by the names of the SDK. */
type SocketEvents = Pick<SocketModeReceiver['client'], 'on'>;

/**
 * Writes down once when no socket is open any more, and once when one is again: meanwhile Slack has no way to the app.
 * Returns what ends that, for a stop that closes them.
 */
export function logWhenGone(sockets: readonly SocketEvents[], log: Log, now: () => Date): () => void {
  const open = new Set<SocketEvents>();
  let goneMs: number | undefined;
  let isWatching = true;
  for (const socket of sockets) {
    socket.on('connected', () => {
      open.add(socket);
      if (goneMs === undefined || !isWatching) return;
      log.info(
        { awaySeconds: Math.round((now().getTime() - goneMs) / 1000) },
        'Slack is back: a socket is open again',
      );
      goneMs = undefined;
    });
    socket.on('close', () => {
      const wasOpen = open.delete(socket);
      if (!wasOpen || open.size > 0 || !isWatching) return;
      goneMs = now().getTime();
      log.error(
        {},
        'Slack is gone: no socket is open, and none can be until this machine reaches slack.com again',
      );
    });
  }
  return () => {
    isWatching = false;
  };
}
