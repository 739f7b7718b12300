import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AwsAnswer, AwsCall } from './fake-aws.ts';
import { readCall } from './read-call.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * All services at one address: Athena, and what answers the calls of all others; nothing listens yet. A connection may break
 * at any moment, because the app that calls may be killed.
 */
export function serveAws(
  athena: Listener,
  answer: (call: AwsCall) => AwsAnswer | Promise<AwsAnswer>,
): Server {
  const others: Listener = async (request, response) => {
    const call = readCall(request, await text(request));
    const { status = 200, headers, body } = await answer(call);
    response.writeHead(status, headers).end(call.method === 'HEAD' ? undefined : body);
  };
  return createServer((request, response) => {
    const isAthena = String(request.headers['x-amz-target']).startsWith('AmazonAthena.');
    (isAthena ? athena : others)(request, response).catch((error: unknown) => {
      if (!request.socket.destroyed) console.error(error);
      response.destroy();
    });
  });
}
