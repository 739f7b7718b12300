/** What Slack sends to an app: a command, an event, or an interaction. */
export interface Envelope {
  readonly type: 'slash_commands' | 'events_api' | 'interactive';
  readonly payload: Readonly<Record<string, unknown>>;
  /** The app may put its answer into the acknowledgement. */
  readonly acceptsResponsePayload: boolean;
}

/** Which delivery of an event this is, when it is not the first. */
export interface Retry {
  readonly attempt: number;
  readonly reason: 'timeout' | 'http_error';
}

/** How the app took an envelope. */
export type Ack =
  | { readonly outcome: 'acked'; readonly payload: unknown }
  | { readonly outcome: 'timed_out' }
  /** No socket is open, or the request URL does not answer properly. */
  | { readonly outcome: 'unreachable' };

/** A way to the app: sockets, or a request URL. */
export interface Delivery {
  send(envelope: Envelope, retry?: Retry): Promise<Ack>;
}

/** Envelopes that wait for their acknowledgement. */
export interface PendingAcks {
  /** Resolves when the app acknowledges this envelope, or when its time is over. */
  expect(envelopeId: string): Promise<Ack>;
  /** Reads a message from a socket; what acknowledges no waiting envelope is ignored, as by Slack. */
  settle(text: string): void;
}

/** Creates the list of waiting envelopes; each waits `ackMs`. */
export function createPendingAcks(ackMs: number): PendingAcks {
  const waiting = new Map<string, (payload: unknown) => void>();
  return {
    expect: (id) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          resolve({ outcome: 'timed_out' });
        }, ackMs);
        waiting.set(id, (payload) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve({ outcome: 'acked', payload });
        });
      }),
    settle(text) {
      const message = parseJson(text);
      if (typeof message !== 'object' || message === null || !('envelope_id' in message)) return;
      waiting.get(String(message.envelope_id))?.('payload' in message ? message.payload : undefined);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
