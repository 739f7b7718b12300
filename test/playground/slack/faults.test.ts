import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { givenPlayground } from './given.ts';
import { clientOf, quiet } from './tiny-app.ts';

const say = { channel: 'C0INCIDENT', text: 'x' };

describe('injected faults', () => {
  it('limits the rate of one method, as often as asked', async () => {
    const playground = await givenPlayground();
    const client = new WebClient('xoxb-playground-1', {
      slackApiUrl: playground.slackApiUrl,
      rejectRateLimitedCalls: true,
      logger: quiet,
    });
    playground.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 7 });
    const error = await client.chat.postMessage(say).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WebAPIRateLimitedError);
    expect(error).toMatchObject({ retryAfter: 7 });
    await client.chat.postMessage(say);
    expect(playground.calls.map((call) => call.result)).toEqual(['rate_limited', 'ok']);
  });

  it('answers with an HTTP error, a Slack error, or breaks off', async () => {
    const playground = await givenPlayground();
    const client = clientOf(playground);
    playground.faults.next('*', { kind: 'http_error', status: 503 });
    await expect(client.auth.test()).rejects.toBeInstanceOf(WebAPIHTTPError);
    playground.faults.next('*', { kind: 'error', error: 'internal_error' });
    await expect(client.auth.test()).rejects.toMatchObject({ data: { error: 'internal_error' } });
    playground.faults.next('*', { kind: 'drop', when: 'before' });
    await expect(client.chat.postMessage(say)).rejects.toBeInstanceOf(WebAPIRequestError);
    expect(playground.messages('#incident-42')).toHaveLength(0);
  });

  it('can carry a call out and lose the answer', async () => {
    const playground = await givenPlayground();
    playground.faults.next('chat.postMessage', { kind: 'drop', when: 'after' });
    await expect(clientOf(playground).chat.postMessage(say)).rejects.toBeInstanceOf(WebAPIRequestError);
    expect(playground.messages('#incident-42')).toHaveLength(1);
  });

  it('can withhold a response until the caller times out', async () => {
    const playground = await givenPlayground();
    const client = new WebClient('xoxb-playground-1', {
      slackApiUrl: playground.slackApiUrl,
      timeout: 100,
      logger: quiet,
      retryConfig: { retries: 0 },
    });
    playground.faults.next('auth.test', { kind: 'hang' });
    await expect(client.auth.test()).rejects.toBeInstanceOf(WebAPIRequestError);
  });

  it('can be cancelled before they happen', async () => {
    const playground = await givenPlayground();
    playground.faults.next('auth.test', { kind: 'http_error', status: 500 }, 3);
    playground.faults.clear();
    expect(await clientOf(playground).auth.test()).toMatchObject({ ok: true, user: 'flowlog', team: 'Acme' });
  });
});

describe('an answer that is none', () => {
  const quickly = (playground: { readonly slackApiUrl: string }) =>
    new WebClient('xoxb-playground-1', {
      slackApiUrl: playground.slackApiUrl,
      timeout: 200,
      logger: quiet,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
    });

  it.each([
    ['a page for people', { kind: 'html' }, 'text/html; charset=UTF-8', 0],
    ['half of a body', { kind: 'cut_off' }, 'application/json', 1],
    ['a body that never ends', { kind: 'stall' }, 'application/json', 1],
  ] as const)('can be %s', async (_, fault, type, posted) => {
    const playground = await givenPlayground();
    playground.faults.next('chat.postMessage', fault);
    const response = await fetch(`${playground.slackApiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-playground-1', 'content-type': 'application/json' },
      body: JSON.stringify(say),
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    await response.body?.cancel();
    expect(playground.messages('#incident-42')).toHaveLength(posted);
  });

  it.each([
    ['without the time to wait', 'unsaid', null],
    ['with a date', new Date('2026-11-30T10:00:00Z'), 'Mon, 30 Nov 2026 10:00:00 GMT'],
  ] as const)('can be a limit %s', async (_, retryAfterSeconds, header) => {
    const playground = await givenPlayground();
    playground.faults.next('auth.test', { kind: 'rate_limited', retryAfterSeconds });
    const response = await fetch(`${playground.slackApiUrl}auth.test`, { method: 'POST' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, header]);
  });

  it('can be meant for one channel alone', async () => {
    const playground = await givenPlayground();
    const client = quickly(playground);
    playground.faults.next('chat.postMessage', { kind: 'error', error: 'ratelimited' }, 1, 'C0INCIDENT');
    await client.chat.postMessage({ ...say, channel: 'D0ANA' });
    await expect(client.chat.postMessage(say)).rejects.toMatchObject({ data: { error: 'ratelimited' } });
  });

  it('is all that the app gets while Slack is gone', async () => {
    const playground = await givenPlayground();
    playground.faults.goAway();
    await expect(quickly(playground).chat.postMessage(say)).rejects.toBeInstanceOf(WebAPIRequestError);
    playground.faults.comeBack();
    await quickly(playground).chat.postMessage(say);
    expect(playground.messages('#incident-42')).toHaveLength(1);
  });
});
