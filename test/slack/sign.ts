import { createHmac } from 'node:crypto';

/** A request as Slack would send it: signed, at a time that a test may choose. */
export function signedPost(
  url: string,
  secret: string,
  body: string,
  atSeconds = Math.floor(Date.now() / 1000),
  contentType = 'application/x-www-form-urlencoded',
): Promise<Response> {
  const digest = createHmac('sha256', secret).update(`v0:${atSeconds}:${body}`).digest('hex');
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(atSeconds),
      'x-slack-signature': `v0=${digest}`,
    },
    body,
  });
}

/** The body of a slash command. */
export function commandBody(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams({
    token: 'unused',
    command: '/flowlog',
    text: 'to 10.0.1.5 last 1h',
    api_app_id: 'A1',
    team_id: 'T0ACME',
    response_url: 'http://127.0.0.1:9/unused',
    trigger_id: 'trigger-1',
    ...fields,
  }).toString();
}
