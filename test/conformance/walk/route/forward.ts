import { type IncomingMessage, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AwsReply, AwsRequest } from './aws-request.ts';

/** What belongs to one connection and not to what is said on it. */
const OF_THE_CONNECTION = ['connection', 'expect', 'host', 'transfer-encoding', 'content-length'];

/** Sends a call on as it came, and gives the answer as it came. */
export async function forward(
  endpoint: string,
  { method, path, headers, body }: Pick<AwsRequest, 'method' | 'path' | 'headers' | 'body'>,
  more: Readonly<Record<string, string>> = {},
): Promise<AwsReply> {
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.includes(name));
  const outgoing = send(new URL(path, endpoint), {
    method,
    headers: { ...Object.fromEntries(kept), ...more, 'content-length': body.length },
  });
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      buffer(response).then(
        (answer) =>
          resolve({ status: response.statusCode ?? 500, headers: repliedHeaders(response), body: answer }),
        reject,
      );
    });
    outgoing.end(body);
  });
}

/** How the judge sends its answer is a matter of its connection; how long it is stays, for answers to HEAD too. */
function repliedHeaders({ headers }: IncomingMessage): AwsReply['headers'] {
  const { connection: _, 'keep-alive': _alive, 'transfer-encoding': _coding, ...kept } = headers;
  return kept;
}
