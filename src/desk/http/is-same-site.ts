import type { IncomingMessage } from 'node:http';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * True for requests that the desk's own page, or a program on this machine, makes. A foreign page fails by its `Origin`,
 * a foreign name that resolves to this machine by its `Host`.
 */
export function isSameSite(request: IncomingMessage): boolean {
  const host = request.headers.host ?? '';
  if (!loopback.has(host.replace(/:\d+$/, ''))) return false;
  const { origin } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}
