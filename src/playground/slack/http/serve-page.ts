import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import type { Env, PageToken } from './guards.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** No resource of other origins and no inline script: untrusted text cannot become script. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page's files: next to this code when it is built, in the build's folder when it runs from source. */
const folder = import.meta.url.endsWith('.ts')
  ? new URL('../../../../dist/page/', import.meta.url)
  : new URL('./page/', import.meta.url);

const needsToken =
  'This page is opened with the whole address that flowlog prints when it starts: …/?token=… Copy it from there.';

/**
 * Creates the routes of the page. Its files are listed once, and no other file is ever opened, whatever the address;
 * every address of a message leads to the page itself. An address with the token leaves it in a cookie and goes on
 * without it, so that it does not stay in the browser's history.
 */
export function createPageRoutes(token: PageToken): Hono<Env> {
  const files = listPage();
  return new Hono<Env>().get('*', async (c) => {
    const { pathname } = new URL(c.req.url);
    const isPage = pathname === '/' || pathname.startsWith('/archives/');
    if (isPage && token.is(c.req.query('token')))
      return c.body(null, 303, {
        location: pathname,
        'set-cookie': token.cookie,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
    if (!token.isShownBy(c.env.incoming)) return c.text(needsToken, 403);
    const file = files.get(isPage ? '/index.html' : pathname);
    if (file === undefined)
      return c.text(isPage ? 'The page is not built yet: npm run build' : 'not found', 404);
    return c.body(new Uint8Array(await readFile(file.path)), 200, {
      'content-type': file.type,
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    });
  });
}

interface PageFile {
  readonly path: string;
  readonly type: string;
}

/** The files of the page by the path that asks for them; none before the page was built. */
function listPage(): ReadonlyMap<string, PageFile> {
  const root = fileURLToPath(folder);
  const listed = new Map<string, PageFile>();
  const add = (within: string) => {
    for (const entry of readdirSync(root + within, { withFileTypes: true })) {
      const name = `${within}${entry.name}`;
      const type = types[extname(name)];
      if (entry.isDirectory()) add(`${name}/`);
      else if (entry.isFile() && type) listed.set(`/${name}`, { path: root + name, type });
    }
  };
  try {
    add('');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return listed;
}
