import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { DebugFields } from '../../src/app/debug.ts';
import { watchAwsCalls } from '../../src/app/watch-aws-calls.ts';
import { createAwsClients } from '../../src/aws/clients.ts';

const SDK = { 'amz-sdk-request': 'attempt=2; max=8', authorization: 'AWS4-HMAC-SHA256 secret' };

/** A server that takes any call, and the debug lines of calls to it. */
async function givenServer() {
  const server = createServer((incoming, response) => {
    incoming.resume();
    response.writeHead(400).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const lines: DebugFields[] = [];
  const stop = watchAwsCalls(
    (fields) => void lines.push(fields),
    () => 0,
  );
  onTestFinished(stop);
  return { port, lines, stop };
}

async function call(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false });
  sent.end('body');
  const ended = once(sent, 'response').then(async ([response]) => {
    response.resume();
    await once(response, 'end');
  });
  await ended.catch(() => undefined);
}

it("the debug lines show each attempt of AWS's SDK with its call, service and status", async () => {
  const { port, lines } = await givenServer();
  const userAgent = 'aws-sdk-js/3.1164.0 ua/2.1 os/linux api/athena#3.1164.0';
  await call(port, '/', {
    ...SDK,
    'user-agent': userAgent,
    'x-amz-target': 'AmazonAthena.StartQueryExecution',
  });
  await call(port, '/bucket?list-type=2&continuation-token=t', SDK);
  const seen = { elapsedMs: 0, host: '127.0.0.1', attempt: '2', status: 400 };
  expect(lines).toEqual([
    { ...seen, call: 'StartQueryExecution', service: 'athena' },
    { ...seen, call: 'POST /bucket', service: '' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret');
});

it("the debug lines name the calls of AWS's real clients", async () => {
  const { port, lines } = await givenServer();
  const clients = createAwsClients({
    region: 'eu-central-1',
    credentials: async () => ({ accessKeyId: 'id', secretAccessKey: 'a secret' }),
    endpoint: `http://127.0.0.1:${port}`,
  });
  const [athena, s3] = await Promise.all([clients.athena(), clients.s3()]);
  await expect(athena.listWorkGroups({})).rejects.toThrow();
  await expect(s3.headBucket({ Bucket: 'logs' })).rejects.toThrow();
  expect(lines).toMatchObject([
    { call: 'ListWorkGroups', service: 'athena', attempt: '1', status: 400 },
    { call: 'HEAD /logs/', service: 's3', attempt: '1', status: 400 },
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret');
});

it('the debug lines show an attempt that got no response', async () => {
  const { lines } = await givenServer();
  await call(1, '/', SDK);
  expect(lines).toEqual([expect.objectContaining({ failed: expect.stringContaining('ECONNREFUSED') })]);
});

it('the debug lines skip calls of other HTTP clients, and end when the watch is stopped', async () => {
  const { port, lines, stop } = await givenServer();
  await call(port, '/', { 'user-agent': 'another client' });
  stop();
  await call(port, '/', SDK);
  expect(lines).toEqual([]);
});
