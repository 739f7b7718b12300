import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageToken } from './page-token.ts';
import { sendText } from './send.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing from elsewhere, nothing inline: what strangers wrote cannot become script, even by mistake. */
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

/** The page's files: beside this code when it is built, in the build's folder when it runs from source. */
const folder = import.meta.url.endsWith('.ts')
  ? new URL('../../../../dist/playground/slack/page/', import.meta.url)
  : new URL('../page/', import.meta.url);

const needsToken =
  'This page is opened with the whole address that flowlog prints when it starts: …/?token=… Copy it from there.';

/**
 * Creates the handler of the page. Its files are listed once, and no other file is ever opened, whatever the address;
 * every address of a message leads to the page itself. An address with the token leaves it in a cookie and goes on
 * without it, so that it does not stay in the browser's history.
 */
export function createPageHandler(token: PageToken) {
  const files = listPage();
  return async function servePage(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const isPage = url.pathname === '/' || url.pathname.startsWith('/archives/');
    if (isPage && token.is(url.searchParams.get('token'))) {
      response.writeHead(303, {
        location: url.pathname,
        'set-cookie': token.cookie,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
      response.end();
      return;
    }
    if (!token.isShownBy(request)) return sendText(response, 403, needsToken);
    const file = files.get(isPage ? '/index.html' : url.pathname);
    if (file !== undefined) return sendPageFile(response, file);
    sendText(response, 404, isPage ? 'The page is not built yet: npm run build' : 'not found');
  };
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

async function sendPageFile(response: ServerResponse, { path, type }: PageFile): Promise<void> {
  const content = await readFile(path);
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  });
  response.end(content);
}
