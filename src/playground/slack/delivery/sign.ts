import { createHmac } from 'node:crypto';

/** Slack's headers for a request to an app: when it was made, and a signature (v0) over that and the body. */
export function signRequest(signingSecret: string, body: string, at: Date): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
