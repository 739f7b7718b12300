import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { readCall } from './read-call.ts';

/** A request as it came over the wire. */
export interface AwsCall {
  /** EC2's and STS's `Action`, or what follows the dot in `X-Amz-Target`; empty for S3, which has only paths. */
  readonly action: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Of EC2 and STS, by their names: `Filter.1.Value.1`. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What goes back. */
export interface AwsAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** AWS on this machine: every service at one address. */
export interface FakeAws {
  readonly endpoint: string;
  /** In the order in which they came. */
  readonly calls: readonly AwsCall[];
}

/** Listens on the loopback until the test ends; `answer` sees every call, and what it throws fails as a broken AWS. */
export async function startFakeAws(
  answer: (call: AwsCall) => AwsAnswer | Promise<AwsAnswer>,
): Promise<FakeAws> {
  const calls: AwsCall[] = [];
  const server = createServer(async (request, response) => {
    const call = readCall(request, await text(request));
    calls.push(call);
    const { status = 200, headers = {}, body = '' } = await answer(call);
    response.writeHead(status, headers).end(call.method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, calls };
}
