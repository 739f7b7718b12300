import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DeskOptions } from '../desk-options.ts';
import type { FaultQueue } from '../faults.ts';
import type { Stage } from '../interaction/actor.ts';
import type { DeskState } from '../protocol.ts';
import { createCallAnswerer } from '../web-api/answer-call.ts';
import type { RecordedCall } from '../web-api/recorded-call.ts';
import { sendJson, sendText } from './send.ts';
import { createDeedHandler } from './serve-deeds.ts';
import { createEventsHandler } from './serve-events.ts';
import { createFileHandler } from './serve-file.ts';
import { servePage } from './serve-page.ts';
import { createResponseUrlHandler } from './serve-response-url.ts';
import { createUploadHandler } from './serve-upload.ts';
import { createWebApiHandler } from './serve-web-api.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** What the desk's addresses need. */
export interface RouterSettings {
  readonly options: DeskOptions;
  readonly stage: Stage;
  readonly faults: FaultQueue;
  readonly record: (call: RecordedCall) => void;
  readonly describeState: (person: string) => DeskState;
  readonly newSocketUrl: () => string;
}

/** Creates the one function that takes every HTTP request. */
export function createRouter(settings: RouterSettings) {
  const routes = createRoutes(settings);
  return function route(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://desk');
    const found = routes.find(
      ([method, prefix]) => url.pathname.startsWith(prefix) && (method === '*' || method === request.method),
    );
    const handle: Handler = found?.[2] ?? ((_request, answer) => sendText(answer, 404, 'not found'));
    Promise.resolve(handle(request, response, url)).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { ok: false, error: 'internal_error', reason: String(error) });
    });
  };
}

/** Method, beginning of the address, handler; the first that fits is taken. */
function createRoutes(settings: RouterSettings): readonly (readonly [string, string, Handler])[] {
  const { options, stage, faults, record, describeState, newSocketUrl } = settings;
  const { world, deskUrl } = stage;
  const context = { world, scopes: options.scopes, deskUrl, newSocketUrl };
  const tokens = { bot: options.botToken, app: options.appToken };
  const answerCall = createCallAnswerer(context, tokens, record);
  return [
    ['*', '/api/', createWebApiHandler({ answerCall, faults, record, now: options.now })],
    ['GET', '/desk/events', createEventsHandler(world, describeState)],
    ['GET', '/desk/files/', createFileHandler(world)],
    ['POST', '/desk/', createDeedHandler(stage)],
    ['POST', '/upload/', createUploadHandler(world, faults)],
    ['POST', '/response/', createResponseUrlHandler(world)],
    ['GET', '/', (_request, response, url) => servePage(response, url)],
  ];
}
