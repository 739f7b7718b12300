import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { FaultQueue } from '../faults.ts';
import type { SlackBackend } from '../interaction/slack-backend.ts';
import type { PlaygroundOptions } from '../options.ts';
import type { RecordedCall } from '../web-api/api-method.ts';

/** What a handler finds in its context: Node's own request and response. */
export interface Env {
  Bindings: HttpBindings;
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * True for requests that the playground's own page, a person's address bar, or a program on this machine makes. A
 * foreign page fails by its `Origin`, or by the site that its browser reports; a foreign name that resolves to this
 * machine by its `Host`.
 */
export function isSameSite(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers;
  if (!loopback.has(host.replace(/:\d+$/, ''))) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = request.headers['sec-fetch-site'];
  const isFromElsewhere = site === 'cross-site' || site === 'same-site';
  return !isFromElsewhere || request.headers['sec-fetch-mode'] === 'navigate';
}

const longestTarget = 4_096;

/** Reads what a request asks for; undefined for what is no path of this server, such as `//` or another server's URL. */
export function readTarget(target: string | undefined): URL | undefined {
  if (!target?.startsWith('/') || target.startsWith('//') || target.length > longestTarget) return undefined;
  const address = `http://playground${target}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** The secret by which the page is reached: in the address that is printed, then in a cookie, or in a header. */
export interface PageToken {
  /** Whether a request shows it, in its cookie or its header. */
  isShownBy(request: IncomingMessage): boolean;
  /** Whether this is it, as it came in an address. */
  is(text: string | undefined): boolean;
  /** What the browser keeps, so that the address is needed once. */
  readonly cookie: string;
}

/** The header in which a program shows the token. */
const tokenHeader = 'x-playground-token';

/** Creates the token of the page at `host:port`. A browser sends cookies to every port of a host, so the name carries the port. */
export function createPageToken(token: string, address: string): PageToken {
  const cookieName = `playground-${address.slice(address.lastIndexOf(':') + 1)}`;
  const wanted = digest(token);
  const is = (text: string | undefined) => text !== undefined && timingSafeEqual(digest(text), wanted);
  return {
    is,
    isShownBy: ({ headers }) =>
      is(String(headers[tokenHeader] ?? '')) || cookiesNamed(cookieName, headers.cookie ?? '').some(is),
    cookie: `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Lax`,
  };
}

function cookiesNamed(name: string, header: string): readonly string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Refuses a body of more than `maxSize` bytes; the rest of it is not waited for. */
export function limitBody(maxSize: number): MiddlewareHandler<Env> {
  const limit = bodyLimit({
    maxSize,
    onError: (c) => c.json({ ok: false, error: 'request_too_large' }, 413, { connection: 'close' }),
  });
  return async (c, next) => {
    // To count a body of unknown length the limit copies the request, and can copy only one that is not the adapter's.
    if (c.req.header('transfer-encoding') !== undefined && c.req.raw.body !== null) {
      const { method, headers, body } = c.req.raw;
      c.req.raw = new Request(c.req.url, { method, headers: [...headers], body, duplex: 'half' });
    }
    return limit(c, next);
  };
}

/** The parts of a playground that its HTTP paths lead to. */
export interface HandlerSettings {
  readonly options: PlaygroundOptions;
  readonly backend: SlackBackend;
  readonly faults: FaultQueue;
  readonly record: (call: RecordedCall) => void;
  readonly newSocketUrl: () => string;
  /** How many sockets are open; null in HTTP mode. */
  readonly sockets: () => number | null;
  readonly pageToken: PageToken;
}
