import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRespond } from '../../../src/slack/api/response-url.ts';
import { freePort } from '../free-port.ts';

const MESSAGE = { text: 'hello', blocks: [] };
const HALF_HOUR_MS = 30 * 60_000;

async function givenUrl(status: number, answer: string) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(Buffer.concat(chunks).toString());
    response.writeHead(status).end(answer);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { bodies, url: `http://127.0.0.1:${port}/answer` };
}

describe('a response_url', () => {
  it('is used five times at most', async () => {
    const { url, bodies } = await givenUrl(200, 'ok');
    const respond = createRespond(() => new Date(0));
    for (let use = 0; use < 5; use += 1) await respond({ url, givenMs: 0 }, MESSAGE);
    await expect(respond({ url, givenMs: 0 }, MESSAGE)).rejects.toThrow('used_url');
    expect(bodies).toHaveLength(5);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: 'hello',
    });
  });

  it('is not used after half an hour', async () => {
    const { url, bodies } = await givenUrl(200, 'ok');
    const respond = createRespond(() => new Date(HALF_HOUR_MS + 1));
    await expect(respond({ url, givenMs: 0 }, MESSAGE)).rejects.toThrow('expired_url');
    expect(bodies).toEqual([]);
  });

  it.each([
    ['{"ok":false,"error":"invalid_blocks"}', 'invalid_blocks'],
    ['no_service', 'no_service'],
    ['', 'http_500'],
  ])('that answers %s fails with the code', async (answer, code) => {
    const { url } = await givenUrl(500, answer);
    await expect(createRespond(() => new Date(0))({ url, givenMs: 0 }, MESSAGE)).rejects.toMatchObject({
      code,
    });
  });
});
