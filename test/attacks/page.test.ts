import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningApp, sendRaw, startRunningApp } from '../support/running-app.ts';

const SECRET = 'secret-of-this-machine';
const folder = mkdtempSync(join(tmpdir(), 'flowlog-secret-'));
for (const ending of ['js', 'html', 'css', 'svg']) writeFileSync(join(folder, `s.${ending}`), SECRET);

let app: RunningApp;
let opened: URL;
let port: number;
let token: string;

beforeAll(async () => {
  app = await startRunningApp({}, /http:\/\/\S+\/\?token=\w+/);
  opened = new URL(/http:\/\/\S+\/\?token=\w+/.exec(app.printed())?.[0] ?? '');
  port = Number(opened.port);
  token = opened.searchParams.get('token') ?? '';
}, 60_000);
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => expect(app.isAlive()).toBe(true));

/** A request as it goes over the wire. */
function written(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): string {
  const all = {
    host: `127.0.0.1:${port}`,
    'content-length': String(body.length),
    connection: 'close',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);

const ODD_TARGETS = [
  '//',
  '///',
  '//:',
  '//[',
  '//a:b:c/',
  'http://',
  'http://%/',
  'http://[/',
  '*',
  '?',
  '%',
  '/%',
  '/%00',
  '/archives/%ff',
  '/playground/files/%E0%A4%A',
  '/\\\\evil',
  `/${'a'.repeat(10_000)}`,
];

describe('a malformed URL', () => {
  it.each(ODD_TARGETS)('%s is answered, and the server goes on', async (target) => {
    for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT']) {
      const answer = await sendRaw(port, written(method, target, { 'x-playground-token': token }));
      expect([statusOf(answer), method]).toEqual([
        expect.toSatisfy((code) => code >= 200 && code < 500),
        method,
      ]);
    }
  });

  it.each(ODD_TARGETS)('%s as the URL of a socket is refused, and the server goes on', async (target) => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const answer = await sendRaw(
      port,
      written('GET', target, { ...upgrade, 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }),
    );
    expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
  });
});

describe('a file of this machine', () => {
  const relative = `..${'/..'.repeat(12)}`;
  it.each(
    ['js', 'html', 'css', 'svg'].flatMap((ending) => {
      const path = `${folder}/s.${ending}`;
      return [
        `/${path}`,
        `//${path}`,
        `/${relative}${path}`,
        `/style/${relative}${path}`,
        `/${relative.replaceAll('/', '%2f')}${path}`,
        `/${relative.replaceAll('.', '%2e')}${path}`,
        `/file://${path}`,
        `/file:${path}`,
        `/style/..\\..${path.replaceAll('/', '\\')}`,
        `${path}`,
        `/main.js/${relative}${path}`,
      ];
    }),
  )('%s is not given away', async (target) => {
    const answer = await sendRaw(port, written('GET', target, { 'x-playground-token': token }));
    expect(answer).not.toContain(SECRET);
    expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
  });
});

const ROUTES: readonly (readonly [string, string])[] = [
  ['GET', '/'],
  ['GET', '/main.js'],
  ['GET', '/archives/C0INCIDENT/p1'],
  ['GET', '/playground/events?person=U0ANA'],
  ['GET', '/playground/files/F1'],
  ['POST', '/playground/type'],
  ['POST', '/playground/click'],
  ['POST', '/playground/submit'],
  ['POST', '/playground/cancel'],
  ['POST', '/playground/shortcut'],
  ['POST', '/playground/suggest'],
  ['POST', '/api/auth.test'],
  ['POST', '/api/blocks.validate'],
  ['GET', '/api/auth.test'],
  ['POST', '/upload/F1'],
  ['POST', '/response/1'],
  ['GET', '/nowhere'],
];

describe.each(ROUTES)('%s %s', (method, target) => {
  const json = { 'content-type': 'application/json' };

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a name that leads to this machine', { host: 'evil.example' }],
    ['such a name with its origin', { host: 'evil.example:80', origin: 'http://evil.example:80' }],
    ['no name at all', { host: '' }],
    ['a picture in another page', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a picture in a page of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
  ] as const)('gives nothing to %s, even with the token', async (_who, headers) => {
    const answer = await sendRaw(
      port,
      written(
        method,
        target,
        { ...json, 'x-playground-token': token, ...headers },
        method === 'GET' ? '' : '{}',
      ),
    );
    expect(statusOf(answer)).toBe(403);
  });

  it.runIf(!/^\/(api|upload|response|nowhere)/.test(target))('gives nothing without the token', async () => {
    for (const shown of [
      {},
      { 'x-playground-token': 'x' },
      { cookie: `playground-${port}=x` },
      { cookie: `playground-1=${token}` },
    ]) {
      const answer = await sendRaw(
        port,
        written(method, target, { ...json, ...shown }, method === 'GET' ? '' : '{}'),
      );
      expect(statusOf(answer)).toBe(403);
    }
  });
});

describe('the printed URL', () => {
  it('opens the page, which from then on needs only the cookie', async () => {
    const first = await fetch(opened, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    expect(await (await fetch(`${opened.origin}/`, { headers })).text()).toContain('<title>');
    const events = await fetch(`${opened.origin}/playground/events`, { headers });
    expect(events.status).toBe(200);
    await events.body?.cancel();
  });

  it('is refused with another token, and says where the right one is', async () => {
    const answer = await fetch(`${opened.origin}/?token=guessed`, { redirect: 'manual' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await answer.text()).toContain('the whole address that flowlog prints');
  });

  it('does not redirect to another site', async () => {
    const answer = await sendRaw(port, written('GET', `//evil.example/?token=${token}`, {}));
    expect(answer).not.toMatch(/^location:/im);
  });
});

describe('a request body', () => {
  it.each([
    ['/playground/type', 5_000_000],
    ['/api/chat.postMessage', 5_000_000],
    ['/response/1', 5_000_000],
    ['/upload/F1', 65_000_000],
  ])('%s takes no more than it must', async (target, bytes) => {
    const declared = written('POST', target, {
      'content-type': 'application/json',
      'content-length': String(bytes),
      'x-playground-token': token,
    });
    expect(statusOf(await sendRaw(port, declared))).toBe(413);
  });

  it('is refused as soon as it is too long, also without a content length', async () => {
    const chunk = `10000\r\n${'x'.repeat(0x1_00_00)}\r\n`;
    const headers = [
      `host: 127.0.0.1:${port}`,
      'transfer-encoding: chunked',
      'content-type: application/json',
      `x-playground-token: ${token}`,
    ];
    const head = ['POST /playground/type HTTP/1.1', ...headers, '', ''].join('\r\n');
    const answer = await sendRaw(port, head + chunk.repeat(100));
    // The connection may break before the answer is read.
    expect([413, 0]).toContain(statusOf(answer));
  });

  it('that is not JSON, or of another shape, is refused', async () => {
    for (const body of ['', 'null', '[]', '{', '1', '"x"', '{"person":null}', '{"__proto__":1}'])
      for (const target of [
        '/playground/type',
        '/playground/click',
        '/playground/__proto__',
        '/playground/constructor',
      ]) {
        const headers = { 'content-type': 'application/json', 'x-playground-token': token };
        const answer = await sendRaw(port, written('POST', target, headers, body));
        expect([400, 404]).toContain(statusOf(answer));
      }
  });
});

describe('a socket', () => {
  it.each([
    ['without a ticket', '/link', {}],
    ['with a ticket that was not given', '/link?ticket=guessed', {}],
    ['from another site', '/link', { origin: 'https://evil.example' }],
  ])('%s is refused', async (_what, target, headers) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${target}`, { headers });
    const ended = await new Promise<string>((resolve) => {
      socket.on('open', () => resolve('open'));
      socket.on('error', (error) => resolve(error.message));
    });
    expect(ended).toContain('403');
  });
});
