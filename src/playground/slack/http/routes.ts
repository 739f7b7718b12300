import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultQueue } from '../faults.ts';
import type { Stage } from '../interaction/actor.ts';
import type { PlaygroundOptions } from '../options.ts';
import type { PlaygroundState } from '../protocol.ts';
import { createCallAnswerer } from '../web-api/answer-call.ts';
import type { RecordedCall } from '../web-api/recorded-call.ts';
import { isSameSite } from './is-same-site.ts';
import type { PageToken } from './page-token.ts';
import { BodyTooLarge } from './read-body.ts';
import { readTarget } from './request-target.ts';
import { sendJson, sendText } from './send.ts';
import { createDeedHandler } from './serve-deeds.ts';
import { createEventsHandler } from './serve-events.ts';
import { createFileHandler } from './serve-file.ts';
import { createPageHandler } from './serve-page.ts';
import { createResponseUrlHandler } from './serve-response-url.ts';
import { createUploadHandler } from './serve-upload.ts';
import { createWebApiHandler } from './serve-web-api.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** What the desk's addresses need. */
export interface RouterSettings {
  readonly options: PlaygroundOptions;
  readonly stage: Stage;
  readonly faults: FaultQueue;
  readonly record: (call: RecordedCall) => void;
  readonly describeState: (person: string) => PlaygroundState;
  readonly newSocketUrl: () => string;
  readonly pageToken: PageToken;
}

/**
 * What a request must show before it is served: the page's token, or what the handler itself asks for, which is the
 * app's token or an address that cannot be guessed, as at Slack.
 */
type Needs = 'page token' | 'own check';

/** Creates the one function that takes every HTTP request. What is asked by a foreign page or name gets nothing at all. */
export function createRouter(settings: RouterSettings) {
  const routes = createRoutes(settings);
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = readTarget(request.url);
    if (!url) return sendText(response, 400, 'not an address of the desk');
    if (!isSameSite(request)) return sendJson(response, 403, { error: 'not from the desk' });
    const found = routes.find(
      ([method, prefix]) => url.pathname.startsWith(prefix) && (method === '*' || method === request.method),
    );
    if (!found) return sendText(response, 404, 'not found');
    const [, , needs, handle] = found;
    if (needs === 'page token' && !settings.pageToken.isShownBy(request))
      return sendJson(response, 403, { error: 'not from the desk' });
    await handle(request, response, url);
  }
  return function route(request: IncomingMessage, response: ServerResponse): void {
    serve(request, response).catch((error: unknown) => refuse(error, response));
  };
}

/** A request that could not be served, by its own fault or ours, is answered; it never ends the process. */
function refuse(error: unknown, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // The rest of a body that is too large is not waited for.
  if (error instanceof BodyTooLarge) response.setHeader('connection', 'close');
  const isTooLarge = error instanceof BodyTooLarge;
  sendJson(response, isTooLarge ? 413 : 500, {
    ok: false,
    error: isTooLarge ? 'request_too_large' : 'internal_error',
  });
}

/** Method, beginning of the address, what is needed, handler; the first that fits is taken. */
function createRoutes(settings: RouterSettings): readonly (readonly [string, string, Needs, Handler])[] {
  const { options, stage, faults, record, describeState, newSocketUrl, pageToken } = settings;
  const { world, playgroundUrl } = stage;
  const context = { world, scopes: options.scopes, playgroundUrl, newSocketUrl };
  const tokens = { bot: options.botToken, app: options.appToken };
  const answerCall = createCallAnswerer(context, tokens, record);
  return [
    ['*', '/api/', 'own check', createWebApiHandler({ answerCall, faults, record, now: options.now })],
    ['GET', '/playground/events', 'page token', createEventsHandler(world, describeState)],
    ['GET', '/playground/files/', 'page token', createFileHandler(world)],
    ['POST', '/playground/', 'page token', createDeedHandler(stage)],
    ['POST', '/upload/', 'own check', createUploadHandler(world, faults)],
    ['POST', '/response/', 'own check', createResponseUrlHandler(world)],
    // An address with the token leads to the page, which therefore looks at it itself.
    ['GET', '/', 'own check', createPageHandler(pageToken)],
  ];
}
