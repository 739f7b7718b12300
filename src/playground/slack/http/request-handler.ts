import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { type Env, type HandlerSettings, isSameSite, readTarget } from './guards.ts';
import { createActionRoutes } from './serve-actions.ts';
import { createAppRoutes } from './serve-app.ts';
import { createEventRoutes } from './serve-events.ts';
import { createPageRoutes } from './serve-page.ts';

/** Creates the one function that takes every HTTP request. A foreign page or name is refused whatever it asks. */
export function createRequestHandler(settings: HandlerSettings) {
  const serve = getRequestListener(createRoutes(settings).fetch, { overrideGlobalObjects: false });
  return function handle(request: IncomingMessage, response: ServerResponse): void {
    const { method = '' } = request;
    if (!readTarget(request.url)) refuse(response, 400, 'not an address of the playground');
    else if (!isSameSite(request)) refuse(response, 403, 'not from the playground');
    else if (method !== 'GET' && method !== 'POST') refuse(response, 404, 'not found');
    else void serve(request, response);
  };
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ error }));
}

/**
 * Paths of the page require its token. Paths of the app require the app's token, or are addresses that cannot be guessed,
 * as at Slack. An address with the page's token leads to the page, which therefore checks it itself.
 */
function createRoutes(settings: HandlerSettings): Hono<Env> {
  const { options, backend, pageToken, sockets } = settings;
  const app = new Hono<Env>();
  app.onError((_error, c) => c.json({ ok: false, error: 'internal_error' }, 500));
  app.notFound((c) => c.text('not found', 404));
  app.use('/playground/*', (c, next) =>
    pageToken.isShownBy(c.env.incoming)
      ? next()
      : Promise.resolve(c.json({ error: 'not from the playground' }, 403)),
  );
  app.route('/', createAppRoutes(settings));
  app.route('/', createEventRoutes(backend.workspace, options, sockets));
  app.route('/', createActionRoutes(backend));
  app.route('/', createPageRoutes(pageToken));
  return app;
}
