import type { Ack } from './delivery.ts';

/** Envelopes that wait for their acknowledgement. */
export interface AckBook {
  /** Resolves when the app acknowledges this envelope, or when its time is over. */
  expect(envelopeId: string): Promise<Ack>;
  /** Takes in what a socket said; Slack ignores what is not an acknowledgement of something it waits for. */
  settle(text: string): void;
}

/** Creates an empty book. */
export function createAckBook(ackMs: number): AckBook {
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
      const message = readJson(text);
      if (typeof message !== 'object' || message === null || !('envelope_id' in message)) return;
      waiting.get(String(message.envelope_id))?.('payload' in message ? message.payload : undefined);
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
