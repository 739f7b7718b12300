import { createHmac } from 'node:crypto';
import { withDeadline } from '../../../core/deadline.ts';
import type { FaultQueue } from '../faults.ts';
import type { Ack, Delivery, Envelope, Retry } from './delivery.ts';

/** Where requests go, how they are signed, and how long an acknowledgement may take. */
interface HttpSettings {
  readonly requestUrl: string;
  readonly signingSecret: string;
  readonly now: () => Date;
  readonly ackMs: number;
  readonly faults: FaultQueue;
}

/** Creates the delivery of HTTP mode: one signed POST per envelope; the response is the acknowledgement. */
export function createHttpDelivery(settings: HttpSettings): Delivery {
  return {
    async send(envelope, retry) {
      const sending = settings.faults.takeEnvelope();
      if (sending === 'lost') return { outcome: 'timed_out' };
      const first = post(envelope, retry, settings);
      if (sending === 'twice') await post(envelope, retry, settings);
      return first;
    },
  };
}

async function post(envelope: Envelope, retry: Retry | undefined, settings: HttpSettings): Promise<Ack> {
  const { contentType, body } = writeBody(envelope);
  const headers = {
    'content-type': contentType,
    ...signRequest(settings.signingSecret, body, settings.now()),
    ...(retry && {
      'x-slack-retry-num': String(retry.attempt),
      'x-slack-retry-reason': `http_${retry.reason}`,
    }),
  };
  try {
    return await withDeadline(settings.ackMs, async (signal) => {
      const response = await fetch(settings.requestUrl, { method: 'POST', headers, body, signal });
      const text = await response.text();
      return response.ok ? { outcome: 'acked', payload: readPayload(text) } : { outcome: 'unreachable' };
    });
  } catch (error) {
    return {
      outcome: error instanceof DOMException && error.name === 'TimeoutError' ? 'timed_out' : 'unreachable',
    };
  }
}

function writeBody(envelope: Envelope): { readonly contentType: string; readonly body: string } {
  const form = 'application/x-www-form-urlencoded';
  switch (envelope.type) {
    case 'events_api':
      return { contentType: 'application/json', body: JSON.stringify(envelope.payload) };
    case 'interactive':
      return {
        contentType: form,
        body: new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString(),
      };
    case 'slash_commands': {
      const fields = Object.entries(envelope.payload).map(([key, value]): [string, string] => [
        key,
        String(value),
      ]);
      return { contentType: form, body: new URLSearchParams(fields).toString() };
    }
  }
}

/** An acknowledgement is JSON, or plain text that is shown as it is, or empty. */
function readPayload(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

/** Slack's headers for a request to an app: when it was made, and a signature (v0) over that and the body. */
function signRequest(signingSecret: string, body: string, at: Date): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
