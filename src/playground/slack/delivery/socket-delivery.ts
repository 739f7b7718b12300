import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FaultQueue } from '../faults.ts';
import { isSameSite, readTarget } from '../http/guards.ts';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import { createRecent } from '../workspace/recent.ts';
import {
  type Ack,
  createPendingAcks,
  type Delivery,
  type Envelope,
  type PendingAcks,
  type Retry,
} from './delivery.ts';

/** Delivery through the app's open sockets. */
export interface SocketDelivery extends Delivery {
  /** An address good for one connection. */
  newSocketUrl(): string;
  /** Answers an HTTP upgrade; a ticket that was never issued is refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  count(): number;
  refresh(): void;
  drop(): void;
  /** Closes every socket, and terminates those that do not close in time. */
  close(): Promise<void>;
}

interface SocketSettings {
  readonly host: () => string;
  readonly newId: (prefix: string) => string;
  readonly newSecret: () => string;
  readonly appId: string;
  readonly ackMs: number;
  readonly pingEveryMs: number;
  readonly faults: FaultQueue;
  readonly onCount: (count: number) => void;
}

/** Creates Socket Mode's server side: several sockets at once, each envelope to any one of them. */
export function createSocketDelivery(settings: SocketSettings): SocketDelivery {
  const server = new WebSocketServer({ noServer: true, maxPayload: PLAYGROUND_LIMITS.bodyBytes });
  const tickets = createRecent<true>(PLAYGROUND_LIMITS.waitingTickets);
  const open = createOpenSockets(settings.onCount);
  const acks = createPendingAcks(settings.ackMs);
  return {
    newSocketUrl() {
      const ticket = settings.newSecret();
      tickets.put(ticket, true);
      return `ws://${settings.host()}/link?ticket=${ticket}`;
    },
    upgrade(request, socket, head) {
      const ticket = readTarget(request.url)?.searchParams.get('ticket') ?? '';
      const isAccepted =
        isSameSite(request) && tickets.delete(ticket) && open.all().length < PLAYGROUND_LIMITS.sockets;
      if (isAccepted)
        server.handleUpgrade(request, socket, head, (made) => acceptSocket(made, open, acks, settings));
      else socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    },
    send: (envelope, retry) => sendEnvelope(envelope, retry, { open, acks, settings }),
    count: () => open.all().length,
    refresh: () => refreshOldest(open),
    drop() {
      for (const socket of open.all()) socket.terminate();
    },
    close: () => closeSockets([...server.clients]),
  };
}

function acceptSocket(
  socket: WebSocket,
  open: OpenSockets,
  acks: PendingAcks,
  settings: SocketSettings,
): void {
  open.add(socket);
  const hello = {
    type: 'hello',
    num_connections: open.all().length,
    connection_info: { app_id: settings.appId },
  };
  socket.send(JSON.stringify(hello));
  const ping = setInterval(() => socket.ping(), settings.pingEveryMs);
  socket.on('message', (data) => acks.settle(String(data)));
  // A broken connection is followed by its close, which is all there is to do about it.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearInterval(ping);
    open.remove(socket);
  });
}

interface Sending {
  readonly open: OpenSockets;
  readonly acks: PendingAcks;
  readonly settings: SocketSettings;
}

function sendEnvelope(envelope: Envelope, retry: Retry | undefined, sending: Sending): Promise<Ack> {
  const { open, acks, settings } = sending;
  if (open.all().length === 0) return Promise.resolve({ outcome: 'unreachable' });
  const id = settings.newId('envelope-');
  const text = JSON.stringify(wrapEnvelope(id, envelope, retry));
  const answer = acks.expect(id);
  const copies = { lost: 0, once: 1, twice: 2 }[settings.faults.takeEnvelope()];
  for (let copy = 0; copy < copies; copy += 1) open.next()?.send(text);
  return answer;
}

function wrapEnvelope(
  id: string,
  envelope: Envelope,
  retry: Retry | undefined,
): Readonly<Record<string, unknown>> {
  const isEvent = envelope.type === 'events_api';
  return {
    envelope_id: id,
    type: envelope.type,
    payload: envelope.payload,
    accepts_response_payload: envelope.acceptsResponsePayload,
    ...(isEvent && { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }),
  };
}

/** How long envelopes on a socket that is being refreshed may still be acknowledged. */
const refreshGraceMs = 1_000;

function refreshOldest(open: OpenSockets): void {
  const [oldest] = open.all();
  if (!oldest) return;
  oldest.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }));
  // Slack sends nothing more through a socket that it asked to refresh.
  open.remove(oldest);
  setTimeout(() => oldest.close(), refreshGraceMs).unref();
}

/** The sockets that are open now, oldest first. */
interface OpenSockets {
  add(socket: WebSocket): void;
  remove(socket: WebSocket): void;
  all(): readonly WebSocket[];
  /** The next one in turn: Slack sends each envelope to any one of them. */
  next(): WebSocket | undefined;
}

/** Creates the list; `onCount` is called with their number whenever it changes. */
function createOpenSockets(onCount: (count: number) => void): OpenSockets {
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

/** A socket that has not closed within this time is terminated. */
const closeTimeoutMs = 300;

/** Closes sockets, and resolves when all of them are closed. */
async function closeSockets(sockets: readonly WebSocket[]): Promise<void> {
  const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of sockets) socket.close(1001);
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.terminate();
  }, closeTimeoutMs);
  await Promise.all(closed);
  clearTimeout(cut);
}
