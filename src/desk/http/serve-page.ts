import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  ? new URL('../../../dist/desk/page/', import.meta.url)
  : new URL('../page/', import.meta.url);

/** Serves a file of the page; every address of a message leads to the page itself. */
export async function servePage(response: ServerResponse, url: URL): Promise<void> {
  const isPage = url.pathname === '/' || url.pathname.startsWith('/archives/');
  const name = isPage ? 'index.html' : url.pathname.slice(1);
  const type = types[extname(name)];
  if (!type || !/^[\w/.-]+$/.test(name) || name.includes('..')) return sendText(response, 404, 'not found');
  try {
    const content = await readFile(fileURLToPath(new URL(name, folder)));
    response.writeHead(200, {
      'content-type': type,
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    });
    response.end(content);
  } catch {
    sendText(response, 404, isPage ? 'The page is not built yet: npm run build' : 'not found');
  }
}
