import type { IncomingMessage } from 'node:http';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * True for requests that the desk's own page, a person's address bar, or a program on this machine makes. A foreign page
 * fails by its `Origin`, or by what its browser says of where it is; a foreign name that resolves to this machine by
 * its `Host`.
 */
export function isSameSite(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers;
  if (!loopback.has(host.replace(/:\d+$/, ''))) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = request.headers['sec-fetch-site'];
  const isFromElsewhere = site === 'cross-site' || site === 'same-site';
  return !isFromElsewhere || request.headers['sec-fetch-mode'] === 'navigate';
}
