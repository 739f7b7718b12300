import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage } from 'node:http';
import type { Debug } from './debug.ts';

const STARTED = 'http.client.request.start';
const FINISHED = 'http.client.response.finish';
const FAILED = 'http.client.request.error';

/**
 * Writes a debug line for each attempt of AWS's SDK at a call, with its duration and outcome. It listens to Node's own
 * channels of HTTP requests, so that no client need know of it; neither headers nor bodies are written. EC2 and STS
 * name their call in the body alone: of these only the service is known. Returns what stops it.
 */
export function watchAwsCalls(debug: Debug | undefined, elapsedMs: () => number): () => void {
  if (debug === undefined) return () => {};
  const startedMs = new WeakMap<ClientRequest, number>();
  const started = (message: unknown) => {
    const request = awsRequestIn(message);
    if (request !== undefined) startedMs.set(request, elapsedMs());
  };
  const ended = (message: unknown) => {
    const request = awsRequestIn(message);
    const since = request && startedMs.get(request);
    if (request === undefined || since === undefined) return;
    startedMs.delete(request);
    const facts = { elapsedMs: Math.round(elapsedMs() - since), ...callOf(request), ...outcomeIn(message) };
    debug(facts, 'called AWS');
  };
  const listeners = [
    [STARTED, started],
    [FINISHED, ended],
    [FAILED, ended],
  ] as const;
  for (const [channel, listener] of listeners) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of listeners) unsubscribe(channel, listener);
  };
}

/** Only AWS's SDK counts its attempts in this header. */
function awsRequestIn(message: unknown): ClientRequest | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined;
  const { request } = message;
  return request instanceof ClientRequest && request.hasHeader('amz-sdk-request') ? request : undefined;
}

function callOf(request: ClientRequest) {
  const target = headerOf(request, 'x-amz-target');
  const [path] = request.path.split('?');
  return {
    call: target.split('.').at(-1) || `${request.method} ${path}`,
    service: /\bapi\/([\w-]+)/.exec(headerOf(request, 'user-agent'))?.[1] ?? '',
    host: request.host,
    attempt: headerOf(request, 'amz-sdk-request').split(';')[0]?.replace('attempt=', '') ?? '',
  };
}

function headerOf(request: ClientRequest, name: string): string {
  return String(request.getHeader(name) ?? '');
}

function outcomeIn(message: unknown) {
  if (typeof message !== 'object' || message === null) return {};
  if ('response' in message && message.response instanceof IncomingMessage)
    return { status: message.response.statusCode };
  return 'error' in message && message.error instanceof Error ? { failed: message.error.message } : {};
}
