import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The secret by which the page is reached: in the address that is printed, then in a cookie, or in a header. */
export interface PageToken {
  /** Whether a request shows it, in its cookie or its header. */
  isShownBy(request: IncomingMessage): boolean;
  /** Whether this is it, as it came in an address. */
  is(text: string | null): boolean;
  /** What the browser keeps, so that the address is needed once. */
  readonly cookie: string;
}

/** The header in which a program shows the token. */
export const tokenHeader = 'x-playground-token';

/** Creates the token of the page at `host:port`. A browser sends cookies to every port of a host, so the name tells them apart. */
export function createPageToken(token: string, address: string): PageToken {
  const cookieName = `playground-${address.slice(address.lastIndexOf(':') + 1)}`;
  const wanted = digest(token);
  const is = (text: string | null | undefined) =>
    typeof text === 'string' && timingSafeEqual(digest(text), wanted);
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
