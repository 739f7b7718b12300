import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultQueue } from '../faults.ts';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import type { ApiAnswer, IncomingCall } from '../web-api/answer-call.ts';
import type { RecordedCall } from '../web-api/recorded-call.ts';
import { fail } from './fail.ts';
import { readBody } from './read-body.ts';
import { sendJson } from './send.ts';

/** What the Web API needs from the rest of the desk. */
export interface WebApiSettings {
  readonly answerCall: (call: IncomingCall) => ApiAnswer;
  readonly faults: FaultQueue;
  readonly record: (call: RecordedCall) => void;
  readonly now: () => Date;
}

/** Creates the handler of `/api/<method>`: first the fault that waits for this method, then Slack's answer. */
export function createWebApiHandler(settings: WebApiSettings) {
  return async function serveWebApi(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const call: IncomingCall = {
      method: url.pathname.slice('/api/'.length),
      contentType: request.headers['content-type'] ?? '',
      authorization: request.headers.authorization,
      query: url.searchParams.toString(),
      body: (await readBody(request, PLAYGROUND_LIMITS.bodyBytes)).toString('utf8'),
    };
    const fault = settings.faults.takeFor(call.method);
    const isCarriedOut =
      !fault || fault.kind === 'delay' || (fault.kind === 'drop' && fault.when === 'after');
    if (fault && !isCarriedOut) {
      settings.record({ method: call.method, args: {}, result: fault.kind, at: settings.now() });
      return fail(fault, response);
    }
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const answer = settings.answerCall(call);
    if (fault?.kind === 'drop') return void response.destroy();
    sendJson(response, 200, answer);
  };
}
