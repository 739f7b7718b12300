import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { UserError } from '../../core/errors.ts';
import type { Readiness } from './readiness.ts';

/** What is served. */
export interface MetricsPages {
  readonly metrics: () => Promise<string>;
  readonly contentType: string;
  readonly readiness: Readiness;
}

/** Where it is served. */
export interface MetricsAddress {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/** A server that runs. */
export interface MetricsServer {
  readonly url: string;
  stop(): void;
}

/** Scrapers and probes are few, ask for little, and send nothing. */
const LIMITS = {
  connections: 32,
  headerBytes: 8_192,
  pathCharacters: 256,
  requestMs: 5_000,
} as const;

const TEXT = 'text/plain; charset=utf-8';

/**
 * Serves `/metrics`, `/healthz` and `/readyz`, by GET alone.
 * @throws UserError when the port cannot be listened on.
 */
export async function serveMetrics(
  pages: MetricsPages,
  { host, port }: MetricsAddress,
): Promise<MetricsServer> {
  const server = createServer(
    {
      maxHeaderSize: LIMITS.headerBytes,
      headersTimeout: LIMITS.requestMs,
      requestTimeout: LIMITS.requestMs,
      connectionsCheckingInterval: LIMITS.requestMs,
    },
    (request, response) => {
      answer(request, pages).then(
        (page) => send(response, page),
        () => send(response, { status: 500, text: 'The metrics could not be collected.' }),
      );
    },
  );
  server.maxConnections = LIMITS.connections;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw notListening(host, port, error);
  }
  return {
    url: urlOf(server),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Page {
  readonly status: number;
  readonly text: string;
  readonly contentType?: string;
}

async function answer({ method, url = '' }: IncomingMessage, pages: MetricsPages): Promise<Page> {
  if (method !== 'GET') return { status: 405, text: 'Only GET is answered here.' };
  if (url.length > LIMITS.pathCharacters) return { status: 414, text: 'The path is too long.' };
  const [path] = url.split('?', 1);
  switch (path) {
    case '/metrics':
      return { status: 200, text: await pages.metrics(), contentType: pages.contentType };
    // Answering at all shows that the event loop turns.
    case '/healthz':
      return { status: 200, text: 'alive' };
    case '/readyz': {
      const missing = await pages.readiness();
      return missing === undefined ? { status: 200, text: 'ready' } : { status: 503, text: missing };
    }
    default:
      return { status: 404, text: 'There are /metrics, /healthz and /readyz.' };
  }
}

function send(response: ServerResponse, { status, text, contentType = TEXT }: Page): void {
  const body = text.endsWith('\n') ? text : `${text}\n`;
  // What a request sent beside its headers is not read: its connection ends with the answer.
  const closing = status === 405 ? { connection: 'close', allow: 'GET' } : {};
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...closing,
  });
  response.end(body);
}

function urlOf(server: Server): string {
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('the server of metrics has no address');
  return `http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}/`;
}

function notListening(host: string, port: number, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why =
    { EADDRINUSE: 'another process has it', EADDRNOTAVAIL: 'this machine does not have that address' }[
      code
    ] ?? `it is refused (${code})`;
  return new UserError(`Port \`${port}\` of \`${host}\` cannot serve the metrics: ${why}.`, {
    hint: 'Set FLOWLOG_METRICS_PORT, or FLOWLOG_METRICS_HOST, to another one.',
  });
}
