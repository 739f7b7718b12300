import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRespond } from '../../../src/slack/api/response-url.ts';
import { freePort } from '../free-port.ts';

const MESSAGE = { text: 'hello', blocks: [] };
const HALF_HOUR_MS = 30 * 60_000;

/** An address; `statuses` are those of the first answers, the last one of all that follow. */
async function givenUrl(statuses: readonly number[], answer: string) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(Buffer.concat(chunks).toString());
    response.writeHead(statuses[Math.min(bodies.length, statuses.length) - 1] ?? 200).end(answer);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { bodies, url: `http://127.0.0.1:${port}/answer` };
}

function respondAt(nowMs: number) {
  return createRespond({ now: () => new Date(nowMs), stopping: new AbortController().signal });
}

describe('a response_url', () => {
  it('is used five times at most', async () => {
    const { url, bodies } = await givenUrl([200], 'ok');
    const respond = respondAt(0);
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
    const { url, bodies } = await givenUrl([200], 'ok');
    const respond = respondAt(HALF_HOUR_MS + 1);
    await expect(respond({ url, givenMs: 0 }, MESSAGE)).rejects.toThrow('expired_url');
    expect(bodies).toEqual([]);
  });

  it.each([
    ['{"ok":false,"error":"invalid_blocks"}', 'invalid_blocks'],
    ['no_service', 'no_service'],
    ['', 'http_404'],
  ])('that answers %s fails with the code', async (answer, code) => {
    const { url } = await givenUrl([404], answer);
    await expect(respondAt(0)({ url, givenMs: 0 }, MESSAGE)).rejects.toMatchObject({
      code,
    });
  });

  it('is tried again while Slack has a fault, which uses nothing up', async () => {
    const { url, bodies } = await givenUrl([500, 503, 200], 'ok');
    const respond = respondAt(0);
    for (let use = 0; use < 5; use += 1) await respond({ url, givenMs: 0 }, MESSAGE);
    expect(bodies).toHaveLength(7);
  });
});
