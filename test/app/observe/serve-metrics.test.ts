import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { type MetricsPages, serveMetrics } from '../../../src/app/observe/serve-metrics.ts';
import { UserError } from '../../../src/core/errors.ts';
import { sendRaw } from '../../support/running-app.ts';

async function givenServer(change: Partial<MetricsPages> = {}) {
  const pages = {
    metrics: async () => 'm 1\n',
    contentType: 'text/x',
    readiness: async () => undefined,
    ...change,
  };
  const server = await serveMetrics(pages, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.stop());
  return { url: server.url, port: Number(new URL(server.url).port) };
}

async function get(url: string, init?: RequestInit) {
  const response = await fetch(url, init);
  return [response.status, await response.text()] as const;
}

it('metrics come in the content type of Prometheus', async () => {
  const { url } = await givenServer();
  const response = await fetch(`${url}metrics?x=1`);
  expect(response.headers.get('content-type')).toBe('text/x');
  expect(await response.text()).toBe('m 1\n');
});

it('probes say that the process lives and that it is ready, or what is missing', async () => {
  const { url } = await givenServer();
  expect(await get(`${url}healthz`)).toEqual([200, 'alive\n']);
  expect(await get(`${url}readyz`)).toEqual([200, 'ready\n']);
  const missing = await givenServer({ readiness: async () => 'Slack is not connected.' });
  expect(await get(`${missing.url}readyz`)).toEqual([503, 'Slack is not connected.\n']);
  expect(await get(`${missing.url}healthz`)).toEqual([200, 'alive\n']);
});

it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s is refused', async (method) => {
  const { url } = await givenServer();
  const [status] = await get(`${url}metrics`, { method });
  expect(status).toBe(405);
});

it('another path names those that there are, and a long one is refused', async () => {
  const { url } = await givenServer();
  expect(await get(url)).toEqual([404, 'There are /metrics, /healthz and /readyz.\n']);
  expect((await get(`${url}${'x'.repeat(300)}`))[0]).toBe(414);
});

it('large headers, a body that never ends and what is no HTTP end their connection', async () => {
  const { port, url } = await givenServer();
  expect(await sendRaw(port, `GET / HTTP/1.1\r\nx: ${'x'.repeat(9_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
  expect(await sendRaw(port, 'POST /metrics HTTP/1.1\r\nhost: a\r\ncontent-length: 99999\r\n\r\nx')).toMatch(
    /^HTTP\/1.1 405/,
  );
  expect(await sendRaw(port, 'hello\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
  expect((await get(`${url}healthz`))[0]).toBe(200);
});

it('metrics that cannot be collected are a fault of the server, which goes on', async () => {
  const { url } = await givenServer({ metrics: () => Promise.reject(new Error('secret')) });
  expect(await get(`${url}metrics`)).toEqual([500, 'The metrics could not be collected.\n']);
  expect((await get(`${url}healthz`))[0]).toBe(200);
});

it('a port that another process has is said with what to set instead', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const pages = { metrics: async () => '', contentType: '', readiness: async () => undefined };
  const served = serveMetrics(pages, { host: '127.0.0.1', port });
  await expect(served).rejects.toThrow(UserError);
  await expect(served).rejects.toThrow(
    `Port \`${port}\` of \`127.0.0.1\` cannot serve the metrics: another process has it.`,
  );
});
