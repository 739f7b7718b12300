import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { SlackPlayground } from '../../../../src/playground/slack/slack-playground.ts';
import { givenPlayground } from '../given.ts';

/** A raw request, because `fetch` does not let a test lie about `Host`. */
function send(url: string, headers: Record<string, string>, body = '{}', method = 'POST'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? body : undefined);
  });
}

const jsonFor = ({ token }: SlackPlayground) => ({
  'content-type': 'application/json',
  'x-playground-token': token,
});

describe('the playground is closed to other sites', () => {
  it('refuses requests of other sites, other host names and forms', async () => {
    const playground = await givenPlayground();
    const url = `${playground.address}playground/type`;
    const json = jsonFor(playground);
    const line = JSON.stringify({ person: 'ana', channel: '#incident-42', text: 'hello' });
    expect(await send(url, { ...json, origin: 'https://evil.example' }, line)).toBe(403);
    expect(await send(url, { ...json, host: 'evil.example' }, line)).toBe(403);
    expect(await send(url, { ...json, 'content-type': 'text/plain' }, line)).toBe(403);
    expect(playground.messages('#incident-42')).toHaveLength(0);
    expect(await send(url, json, line)).toBe(200);
    expect(playground.messages('#incident-42')).toHaveLength(1);
  });

  it('takes a body that does not say how long it is', async () => {
    const playground = await givenPlayground();
    const headers = { ...jsonFor(playground), 'transfer-encoding': 'chunked' };
    const line = JSON.stringify({ person: 'ana', channel: '#incident-42', text: 'hello' });
    expect(await send(`${playground.address}playground/type`, headers, line)).toBe(200);
    expect(playground.messages('#incident-42')).toHaveLength(1);
  });

  it('sends no page to other host names', async () => {
    const playground = await givenPlayground();
    const headers = { ...jsonFor(playground), host: 'evil.example' };
    expect(await send(`${playground.address}playground/events`, headers, '', 'GET')).toBe(403);
  });

  it('refuses what it does not understand', async () => {
    const playground = await givenPlayground();
    const json = jsonFor(playground);
    expect(await send(`${playground.address}playground/type`, json, '{"person":1}')).toBe(400);
    expect(await send(`${playground.address}playground/type`, json, 'not json')).toBe(400);
    expect(await send(`${playground.address}playground/constructor`, json)).toBe(404);
    expect(
      await send(
        `${playground.address}playground/type`,
        json,
        JSON.stringify({ person: 'zoe', channel: '#incident-42', text: 'x' }),
      ),
    ).toBe(409);
  });

  it('serves its page without inline script, and no file outside it', async () => {
    const playground = await givenPlayground();
    const page = await fetch(playground.address, { headers: jsonFor(playground) });
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect((await page.text()).match(/<script(?![^>]*\ssrc=)/g)).toBeNull();
    expect(await send(`${playground.address}..%2f..%2fpackage.json`, jsonFor(playground), '', 'GET')).toBe(
      404,
    );
    expect(
      await send(
        `${playground.address}style/../../start-slack-playground.js`,
        jsonFor(playground),
        '',
        'GET',
      ),
    ).toBe(404);
  });

  it('listens on this machine only', async () => {
    await expect(givenPlayground({ host: '0.0.0.0' })).rejects.toThrow('loopback');
  });

  it('has no page code that could turn text into markup', () => {
    const folder = new URL('../../../../src/playground/slack/page/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.tsx?$/.test(name),
    );
    expect(files.length).toBeGreaterThan(20);
    const dangerous =
      /innerHTML|dangerouslySetInnerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser|srcdoc/;
    const found = files.filter((name) => dangerous.test(readFileSync(new URL(name, folder), 'utf8')));
    expect(found).toEqual([]);
  });
});
