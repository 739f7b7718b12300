import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerResponseUrl } from '../interaction/answer-response-url.ts';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import { parseArguments } from '../web-api/api-arguments.ts';
import { ApiError } from '../web-api/api-error.ts';
import type { World } from '../world/world.ts';
import { readBody } from './read-body.ts';
import { sendJson, sendText } from './send.ts';

/** Creates the handler of `/response/<id>`. */
export function createResponseUrlHandler(world: World) {
  return async function serveResponseUrl(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const body = (await readBody(request, PLAYGROUND_LIMITS.bodyBytes)).toString('utf8');
    try {
      const args = parseArguments('application/json', body);
      const answer = answerResponseUrl(world, url.pathname.slice('/response/'.length), args);
      sendText(response, answer.status, answer.body);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      sendJson(response, 400, { ok: false, error: 'invalid_payload' });
    }
  };
}
