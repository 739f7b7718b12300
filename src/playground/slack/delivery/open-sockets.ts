import type { WebSocket } from 'ws';

/** The sockets that are open now, oldest first. */
export interface OpenSockets {
  add(socket: WebSocket): void;
  remove(socket: WebSocket): void;
  all(): readonly WebSocket[];
  /** The one whose turn it is: Slack sends each envelope to any one of them. */
  next(): WebSocket | undefined;
}

/** Creates the list; `onCount` hears how many there are whenever that changes. */
export function createOpenSockets(onCount: (count: number) => void): OpenSockets {
  let sockets: readonly WebSocket[] = [];
  let turn = 0;
  function set(next: readonly WebSocket[]): void {
    sockets = next;
    onCount(sockets.length);
  }
  return {
    add: (socket) => set([...sockets, socket]),
    remove(socket) {
      if (sockets.includes(socket)) set(sockets.filter((one) => one !== socket));
    },
    all: () => sockets,
    next() {
      turn += 1;
      return sockets[turn % Math.max(sockets.length, 1)];
    },
  };
}
